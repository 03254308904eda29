"""Who could not use whom, from a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Confidence
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed import blame
from envcheck_checks.installed.blame import Blame

PACKAGES = {
    "seaborn": "0.12.2",
    "pandas": "3.1.1",
    "numpy": "2.4.0",
    "ipython": "7.19.0",
    "jedi": "0.20.1",
    "bottleneck": "1.3.7",
    "nbconvert": "7.16.0",
    "traitlets": "5.9.0",
}


@pytest.fixture
def python(tmp_path: Path) -> Interpreter:
    made = python_at(tmp_path / "venv", PACKAGES)
    site = Path(made.paths["purelib"])
    file_at(site / "ipython-7.19.0.dist-info/RECORD", "IPython/core/completer.py,,\n")
    return made


def text(python: Interpreter, message: str, *files: str, before: str = "") -> str:
    site = python.paths["purelib"]
    frames = "".join(
        f'  File "{file if file.startswith("/") else f"{site}/{file}"}", line 3, in work\n    x\n'
        for file in files
    )
    return f"{before}{blame.TRACEBACK}:\n{frames}{message}\n"


@pytest.mark.parametrize(
    ("files", "message", "expected"),
    [
        (
            ("seaborn/relational.py", "/usr/lib/contextlib.py", "pandas/_config/config.py"),
            "OptionError: No such keys(s)",
            Blame("seaborn", "pandas"),
        ),
        (
            ("seaborn/utils.py",),
            "AttributeError: module 'numpy' has no attribute 'float'",
            Blame("seaborn", "numpy"),
        ),
        (
            ("IPython/core/completer.py", "jedi/api/__init__.py"),
            "TypeError: unexpected keyword argument 'column'",
            Blame("ipython", "jedi"),
        ),
        (("seaborn/utils.py",), "ValueError: no", Blame("seaborn")),
        (  # traitlets calls what nbconvert gave it
            ("nbconvert/exporter.py", "traitlets/traitlets.py", "nbconvert/exporter.py"),
            "ValueError: No template sub-directory with name 'lab' found",
            Blame("nbconvert"),
        ),
        (
            ("ipython/shell.py", "traitlets/config/loader.py", "nbconvert/exporter.py"),
            "ValueError: no",
            Blame("ipython", "nbconvert"),
        ),
        (
            ("nbconvert/exporter.py", "traitlets/traitlets.py"),
            "ImportError: no such name",
            Blame("nbconvert", "traitlets"),
        ),
        (("/home/ada/ml/notes.py",), "ValueError: no", None),
        ((), "", None),
    ],
)
def test_the_one_that_used_and_the_one_that_was_used(
    python: Interpreter, files: tuple[str, ...], message: str, expected: Blame | None
) -> None:
    assert blame.blame(python, text(python, message, *files)) == expected


def test_only_the_last_error_counts(python: Interpreter) -> None:
    first = text(python, "ValueError: no", "jedi/api/__init__.py")
    assert blame.blame(python, text(python, "no", "seaborn/utils.py", before=first)) == Blame(
        "seaborn"
    )


def test_what_was_built_for_numpy_1(python: Interpreter) -> None:
    """numpy says so before the traceback, whose end is written past the notebook."""
    before = "A module that was compiled using NumPy 1.x cannot be run in NumPy 2.4.0.\n"
    said = text(python, "", "pandas/core/nanops.py", "bottleneck/__init__.py", before=before)
    assert blame.blame(python, said) == Blame("bottleneck", "numpy")


def test_one_line_that_fits(python: Interpreter, tmp_path: Path) -> None:
    env = on("linux", tmp_path, python)
    newer, both = blame.fitting(env, Blame("seaborn", "pandas"))
    assert newer.automatic
    assert newer.title == "upgrade seaborn to one that fits pandas 3.1"
    assert "pandas" not in newer.steps[0].argv  # type: ignore[union-attr]
    assert both.confidence is Confidence.LIKELY
    assert blame.in_words(python, Blame("seaborn", "pandas")) == (
        "seaborn 0.12 does not fit pandas 3.1"
    )


def test_where_nobody_else_had_a_part_nothing_is_sure(python: Interpreter, tmp_path: Path) -> None:
    (fix,) = blame.fitting(on("linux", tmp_path, python), Blame("seaborn"))
    assert fix.confidence is Confidence.LIKELY
