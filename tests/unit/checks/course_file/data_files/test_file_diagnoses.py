"""What is offered for a file that is not there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Diagnosis, Environment
from envcheck.process import Ending, Finished
from envcheck_checks.course_file.data_files.file_diagnoses import about, about_columns

GIT = shutil.which("git") or ""


def offered(folder: Path, name: str) -> str:
    """The step for a person, of the one fix."""
    course = folder / "course"
    diagnosis = about(on("linux", folder, PATH=str(Path(GIT).parent)), course / name, course)
    assert isinstance(diagnosis, Diagnosis)
    (fix,) = diagnosis.fixes
    return repr(fix.steps[0])


def really(env: Environment, argv: Sequence[str], **_: object) -> Finished:
    """A described machine starts nothing; git's answer is asked for all the same."""
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    return Finished(tuple(argv), Ending.EXITED, done.returncode, done.stdout, done.stderr, 0.1)


@pytest.mark.slow
def test_git_has_it_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed and deleted comes back from git; what git never had, does not."""
    monkeypatch.setattr(Environment, "run", really)
    course = tmp_path / "course"
    course.mkdir()
    (course / "a.csv").write_text("id\n1\n")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "a.csv"], [*who, "commit", "-q", "-m", "first"]):
        subprocess.run([GIT, "-C", str(course), *words], check=True)
    (course / "a.csv").unlink()
    assert f'git -C "{course}" restore -- "{course}/a.csv"' in offered(tmp_path, "a.csv")
    assert "as the course says" in offered(tmp_path, "b.csv")


def test_a_course_without_git(tmp_path: Path) -> None:
    assert "Get a.csv, as the course says" in offered(tmp_path, "a.csv")


def test_columns_that_are_missing(tmp_path: Path) -> None:
    assert about_columns(tmp_path / "a.csv", ("id",), ["id", "x"]) is None
    diagnosis = about_columns(tmp_path / "a.csv", ("id", "price"), ["id;price"])
    assert diagnosis is not None
    assert "lacks columns: id and price" in diagnosis.summary
    assert "another sign" in (diagnosis.note or "")
