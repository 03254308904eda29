"""What is typed to rehearse: refused before anything happens where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from envcheck.command.cli import cli
from envcheck.errors import UsageProblem

COURSE = 'course = "c"\npackages = ["six"]\n[chapter.week1]\njupyter = false\n[chapter.week2]\njupyter = false\n'


def typed(*words: str) -> str:
    """What it is refused with."""
    result = CliRunner().invoke(cli, ["rehearse", *words])
    assert isinstance(result.exception, UsageProblem), result.output
    return str(result.exception)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "envcheck.toml").write_text(COURSE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_course_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed() == (
        "there is no envcheck.toml in this folder or above; `envcheck adopt` writes one"
    )


@pytest.mark.usefixtures("course")
def test_what_cannot_be() -> None:
    assert typed("week3").startswith("there is no chapter `week3`")
    assert typed("--before", "yesterday") == "--before yesterday: write the day as in 2026-09-01"
    assert "a-word" in typed("--report", "a-word")
    assert typed("--report", "csv=a.csv").startswith("there is no format `csv`")
    assert typed("--output", "no/such/file").startswith("the report cannot be written to")
    assert typed("--python", "/no/such/python").startswith("--python /no/such/python: no such")


def test_a_course_file_that_is_broken(course: Path) -> None:
    (course / "envcheck.toml").write_text(COURSE.replace("packages", "package"))
    assert "package" in typed()


def test_a_list_that_would_bring_a_stranger_s_package(course: Path) -> None:
    """Nothing is installed by it, not in a throw-away folder either."""
    (course / "envcheck.toml").write_text(f'requires = ["requirements.txt"]\n{COURSE}')
    (course / "requirements.txt").write_text("six\nsklearn\n")
    assert typed() == (
        f"{course / 'requirements.txt'}:2 names `sklearn`, which is a module; its package is "
        "scikit-learn; nothing was installed"
    )
