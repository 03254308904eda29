"""Which conda environment the course means, on described machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at

from envcheck import Diagnosis, Environment, Outcome, UsePython
from envcheck.declared.declared import Declared
from envcheck.environment import Located
from envcheck.model import Fine, Skipped
from envcheck.target.interpreter import Interpreter
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.right_environment import right_environment
from envcheck_checks.course_file.wanted import Wanted

WANTED = Wanted(
    (Declared("numpy>=2", "a.txt", on_index=True), Declared("zlib", "a.yml", on_index=False))
)


def machine(folder: Path, python: Interpreter, rule: str = "the active one") -> Environment:
    return on("linux", folder, python, located=Located((python.executable,), rule))


def asked(env: Environment, folder: Path, wanted: Wanted = WANTED) -> Outcome:
    place = ChapterPlace("w", folder, folder)
    return right_environment("ml", wanted, ">=3.9", place).examine(env)


@pytest.fixture
def ml(tmp_path: Path) -> Path:
    place = tmp_path / "home/miniconda3/envs/ml"
    file_at(place / "conda-meta" / "history")
    command_at(place / "bin" / "python")
    return place


def test_the_right_one(tmp_path: Path, ml: Path) -> None:
    env = machine(tmp_path, python_at(ml, {}, kind="conda-env"))
    outcome = asked(env, tmp_path)
    assert isinstance(outcome, Fine) and outcome.summary == "`ml`, which is active"


@pytest.mark.parametrize(
    ("packages", "version", "lacks"),
    [
        ({}, "3.12.4", "which lacks numpy"),
        ({"numpy": "1.26"}, "3.12.4", "which lacks numpy"),
        ({"numpy": "2.1"}, "3.8.1", "which is Python 3.8.1"),
    ],
)
def test_another_one_that_lacks_something(
    tmp_path: Path, ml: Path, packages: dict[str, str], version: str, lacks: str
) -> None:
    """Names that only conda has are not asked of another Python."""
    outcome = asked(machine(tmp_path, python_at(tmp_path / "v", packages, version)), tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "course-environment-not-active" and lacks in outcome.summary
    (step,) = outcome.fixes[0].steps
    assert isinstance(step, UsePython) and step.python == f"{ml}/bin/python"


def test_another_one_that_has_all(tmp_path: Path, ml: Path) -> None:
    python = python_at(tmp_path / "v", {"numpy": "2.1"})
    outcome = asked(machine(tmp_path, python), tmp_path)
    assert isinstance(outcome, Fine)
    assert [each.code for each in outcome.warnings] == ["environment-beside"]
    assert isinstance(asked(machine(tmp_path, python, "--python"), tmp_path), Skipped)


def test_it_was_never_made(tmp_path: Path) -> None:
    """No word where all is there; of notebooks Jupyter is a part."""
    python = python_at(tmp_path / "v", {"numpy": "2.1"})
    assert isinstance(asked(machine(tmp_path, python), tmp_path), Fine)
    books = Wanted(WANTED.requirements, jupyter=True)
    outcome = asked(machine(tmp_path, python), tmp_path, books)
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "course-environment-not-made"
    assert "lacks ipykernel and notebook" in outcome.summary


def test_another_build_is_no_lack(tmp_path: Path) -> None:
    """By the same rule as the packages themselves; an extra's is one."""
    python = python_at(tmp_path / "v", {"psycopg2": "2.9.9"})
    rows = (Declared("psycopg2-binary>=2.9", "a.txt", on_index=True),)
    assert isinstance(asked(machine(tmp_path, python), tmp_path, Wanted(rows)), Fine)
    (row,) = python.distributions
    text = 'Name: psycopg2\nRequires-Dist: pool; extra == "pool"\n'
    file_at(Path(row.folder, row.entry, "METADATA"), text)
    more = (*rows, Declared("psycopg2-binary[pool]", "a.txt", on_index=True))
    outcome = asked(machine(tmp_path, python), tmp_path, Wanted(more))
    assert isinstance(outcome, Diagnosis) and "lacks psycopg2" in outcome.summary
