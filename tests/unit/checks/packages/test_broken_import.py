"""An import that fails although the package is whole: whose file raised, and what is said of a
process that died.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, on, python_at, said

from envcheck.processes.process import Ending, Finished
from envcheck_checks.packages.broken_import import (
    diagnose,
    diagnose_absent_import,
    diagnose_other_numpy,
)
from envcheck_checks.packages.imports import Import, Imports

PACKAGES = {**WHOLE, "python-dateutil": "2.9"}


def test_the_package_whose_file_raised_is_named(tmp_path: Path) -> None:
    """pandas fails in dateutil's file: dateutil is the damaged one."""
    python = python_at(tmp_path / "venv", PACKAGES)
    site = python.paths["purelib"]
    files = (
        f"{site}/pandas/__init__.py",
        f"{site}/dateutil/parser.py",
        "/usr/lib/python3.12/re.py",
    )
    failed = Import("pandas", error="SyntaxError", message="invalid syntax", files=files)
    diagnosis = diagnose(on("linux", tmp_path, python), Imports((failed,), (), "", said()))
    assert diagnosis.code == "package-damaged"
    assert diagnosis.summary.startswith("python-dateutil is installed and cannot be imported")


def test_a_process_that_died(tmp_path: Path) -> None:
    """The signal and the last line are the evidence."""
    ended = Finished(("python",), Ending.EXITED, -11, "", "loading\nIllegal instruction\n", 0.2)
    env = on("linux", tmp_path, python_at(tmp_path / "venv", PACKAGES))
    diagnosis = diagnose(env, Imports((), (), "numpy.linalg", ended))
    assert diagnosis.code == "package-damaged"
    assert diagnosis.evidence.found == "signal 11: Illegal instruction"
    assert diagnosis.evidence.wanted == "import numpy.linalg works"


@pytest.mark.parametrize(
    ("error", "missing", "named"),
    [
        ("ModuleNotFoundError", "pytz", "pytz"),
        ("ModuleNotFoundError", "PIL.Image", "pillow"),  # where the names differ
        ("ModuleNotFoundError", "dateutil", None),  # it is installed: something else is wrong
        ("ModuleNotFoundError", "pandas._libs", None),  # its own part: the package is damaged
        ("ImportError", "pytz", None),
        ("ModuleNotFoundError", "", None),
    ],
)
def test_a_dependency_that_is_absent(
    tmp_path: Path, error: str, missing: str, named: str | None
) -> None:
    python = python_at(tmp_path / "venv", PACKAGES)
    failed = Import("pandas", error=error, message=f"No module named {missing!r}", missing=missing)
    diagnosis = diagnose_absent_import(on("linux", tmp_path, python), python, failed)
    assert (diagnosis.evidence.wanted if diagnosis else None) == named


@pytest.mark.parametrize(
    ("frames", "named"),
    [
        (("pandas/__init__.py", "pandas/compat/pyarrow.py", "pyarrow/__init__.py"), "pyarrow"),
        (("pandas/__init__.py", "numpy/core/_multiarray_umath.py"), "pandas"),
        ((), "pandas"),
        (("pandas/__init__.py", "of_nobody/__init__.py"), "pandas"),
    ],
)
def test_who_was_built_for_another_numpy(
    tmp_path: Path, frames: tuple[str, ...], named: str
) -> None:
    """Whoever raised it, not whoever was imported; numpy itself only says so."""
    python = python_at(tmp_path / "venv", {**PACKAGES, "pyarrow": "14.0"})
    files = tuple(f"{python.paths['purelib']}/{frame}" for frame in frames)
    failed = Import("pandas", error="AttributeError", message="_ARRAY_API not found", files=files)
    tried = Imports((failed,), (), "", said())
    diagnosis = diagnose_other_numpy(on("linux", tmp_path, python), python, tried)
    assert diagnosis is not None
    assert diagnosis.summary.startswith(f"{named} was built for another numpy")
    assert named in str(diagnosis.fixes[0].steps)
