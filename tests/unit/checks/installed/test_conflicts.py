"""Installed distributions that contradict each other: only where the chapter's packages are
concerned.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck import Diagnosis, Severity
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed import conflicts


def needing(folder: Path, packages: dict[str, str], **needs: str) -> Interpreter:
    """A Python with these packages, some of which ask for something (`pandas="numpy>=2"`)."""
    python = python_at(folder / "venv", packages)
    rows = tuple(
        replace(row, requires=(needs[row.name],) if row.name in needs else ())
        for row in python.distributions
    )
    return replace(python, distributions=rows)


def met(folder: Path, python: Interpreter) -> list[Diagnosis]:
    names = (*(package.name for package in STACK.packages), *STACK.launchers, STACK.kernel)
    return conflicts.warnings(on("linux", folder, python), names)


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ("numpy>=2", ""),
        ("numpy<2", "pandas needs numpy<2, and 2.0.0 is installed"),
        ("NumPy>=3", "pandas needs numpy>=3, and 2.0.0 is installed"),
        ("scipy>=1", "pandas needs scipy>=1, and it is not installed"),
        ("numpy>=3; python_version < '3.9'", ""),
        ("numpy>=3; extra == 'all'", ""),
        ("this is no requirement", ""),
    ],
)
def test_a_package_and_what_it_asks_for(tmp_path: Path, needs: str, found: str) -> None:
    """What does not apply to this Python, or to an extra that nobody asked for, is no conflict."""
    diagnoses = met(tmp_path, needing(tmp_path, WHOLE, pandas=needs))
    assert [one.evidence.found for one in diagnoses] == ([found] if found else [])


def test_all_conflicts_are_one_warning_with_one_command(tmp_path: Path) -> None:
    """What is brought to another version is named once, though two ask for it."""
    python = needing(tmp_path, WHOLE, pandas="numpy<2", ipykernel="numpy<1.9")
    (diagnosis,) = met(tmp_path, python)
    assert (diagnosis.code, diagnosis.severity) == ("packages-in-conflict", Severity.WARNING)
    assert diagnosis.evidence.found.count(" needs ") == 2
    (step,) = diagnosis.fixes[0].steps
    assert step.argv[1:] == ("-m", "pip", "install", "--upgrade", "numpy<1.9")  # type: ignore[union-attr]


def test_other_people_s_conflicts_are_none_of_our_business(tmp_path: Path) -> None:
    """A package that the chapter does not use may contradict whom it likes."""
    python = needing(tmp_path, {**WHOLE, "tensorflow": "2.16"}, tensorflow="numpy<1.26")
    assert met(tmp_path, python) == []


def test_a_version_that_cannot_be_read_is_no_conflict(tmp_path: Path) -> None:
    """Metadata without a version is told elsewhere."""
    python = needing(tmp_path, WHOLE, pandas="numpy>=2")
    rows = tuple(
        replace(row, version=None) if row.name == "numpy" else row for row in python.distributions
    )
    assert met(tmp_path, replace(python, distributions=rows)) == []


def test_a_pre_release_counts_as_what_it_is(tmp_path: Path) -> None:
    """pip's rule for what is installed already."""
    packages = {**WHOLE, "numpy": "2.1.0rc1"}
    assert met(tmp_path, needing(tmp_path, packages, pandas="numpy>=2")) == []


def test_another_build_of_what_it_asks_for_is_no_conflict(tmp_path: Path) -> None:
    """To install the other one would write over its files."""
    packages = {**WHOLE, "opencv-python": "4.10.0"}
    python = needing(tmp_path, packages, pandas="opencv-python-headless>=4.9")
    assert met(tmp_path, python) == []
