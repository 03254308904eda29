"""A warning in red that one package does not take the version of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.described_machines import on, python_at

from envcheck import Run
from envcheck_checks.cells import unfit_neighbour

THERE = {"pandas": "3.1.1", "numexpr": "2.10.1", "scipy": "1.10.0", "numpy": "2.4.0"}
THERE |= {"requests": "2.25.1", "urllib3": "2.7.0", "pip": "26"}
PANDAS = (
    "{site}/pandas/core/computation/expressions.py:22: UserWarning: Pandas requires version '2.11.0' or "
    "newer of 'numexpr' (version '2.10.1' currently installed).\n  from pandas.core import (\n"
)
SCIPY = (
    "{site}/scipy/__init__.py:155: UserWarning: A NumPy version >=1.18.5 and <1.27.0 is required for this "
    "version of SciPy (detected version 2.4.0\n  warnings.warn(f'A NumPy version'\n"
)
REQUESTS = (
    "{site}/requests/__init__.py:89: RequestsDependencyWarning: urllib3 (2.7.0) or chardet (3.0.4) doesn't "
    "match a supported version!\n  warnings.warn(\n"
)


def warned(tmp_path: Path, red: str) -> list[tuple[str, list[str], bool]]:
    """The first words, what the fix tells pip, and whether it is automatic."""
    python = python_at(tmp_path / "venv", THERE)
    env = on("linux", tmp_path, python)
    site = python.paths["purelib"]
    return [
        (
            told.summary.partition(", and")[0],
            [*step.argv[step.argv.index("install") + 1 :]],
            fix.automatic,
        )
        for told in unfit_neighbour.warnings(env, red.replace("{site}", site))
        for fix in told.fixes[:1]
        for step in fix.steps
        if isinstance(step, Run)
    ]


@pytest.mark.parametrize(
    ("red", "told"),
    [
        (PANDAS, ("numexpr 2.10.1 does not fit pandas 3.1.1", ["numexpr>=2.11.0"], True)),
        (SCIPY, ("numpy 2.4.0 does not fit scipy 1.10.0", ["--upgrade", "scipy"], False)),
        (REQUESTS, ("urllib3 2.7.0 does not fit requests 2.25.1", ["--upgrade", "requests"], False)),
    ],
)  # fmt: skip
def test_it_is_named(tmp_path: Path, red: str, told: tuple[str, list[str], bool]) -> None:
    """Each once, whatever stands around it."""
    assert warned(tmp_path, f"noise\n{red}{red}more\n") == [told]


@pytest.mark.parametrize(
    "red",
    [
        "{site}/pandas/a.py:1: FutureWarning: this changes in numpy 2.4.0\n",
        "{site}/pandas/a.py:1: UserWarning: numpy 2.4.01 or newer is required\n",
        "{site}/pandas/a.py:1: UserWarning: version 2.4.0 of gadget is required\n",
        "it requires numpy 2.4.0\n",
    ],
)
def test_what_says_no_such_thing(tmp_path: Path, red: str) -> None:
    assert warned(tmp_path, red) == []


@given(words=st.text(max_size=300))
def test_any_words(words: str, own_folder: Path) -> None:
    """Nothing is asked for that is not installed, whatever a warning says."""
    red = f"{{site}}/pandas/a.py:1: UserWarning: required: {words}\n"
    assert {told[-1].partition(">")[0] for _, told, _ in warned(own_folder, red)} <= {*THERE}
