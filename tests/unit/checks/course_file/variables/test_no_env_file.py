"""Only the file that has the variable is taken for the one that was meant, and none is taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on

from envcheck import Diagnosis, Outcome, Tell
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.variables.no_env_file import without_file


def told(folder: Path) -> Outcome:
    """What is said of API_KEY in a course in `work` without `.env`, whose chapter is `work/ch1`."""
    env = on("linux", folder)
    root = folder / "work"
    (root / "ch1").mkdir(exist_ok=True)
    return without_file(env, "API_KEY", ".env", ChapterPlace("w", root / "ch1", root))


SIBLINGS = ["docker/.env", "frontend/.env", "ch1/.env.txt", "env", "../.env", "../../.env"]


@pytest.mark.parametrize("file", SIBLINGS)
@pytest.mark.parametrize("text", ["POSTGRES_PASSWORD=x", "", "# API_KEY=", "API_KEY=", "\x00\xff"])
def test_a_file_without_the_variable_is_left_where_it_is(
    tmp_path: Path, file: str, text: str
) -> None:
    """It is another program's: to move it takes that program's settings away, and brings no value."""
    file_at(tmp_path / "deep/work" / file, text)
    outcome = told(tmp_path / "deep")
    assert isinstance(outcome, Diagnosis)
    assert outcome.code == "variable-unset"
    assert [fix.title for fix in outcome.fixes] == ["make .env"]


@pytest.mark.parametrize("file", ["docker/.env", "ch2/.env", "../other/config/.env"])
def test_no_file_is_taken_out_of_its_folder(tmp_path: Path, file: str) -> None:
    """The programs of that folder read it too, whatever else it holds."""
    file_at(tmp_path / "work" / file, "API_KEY=mine")
    outcome = told(tmp_path)
    assert isinstance(outcome, Diagnosis)
    assert all(isinstance(step, Tell) for fix in outcome.fixes for step in fix.steps)


def test_an_example_without_the_variable_is_none(tmp_path: Path) -> None:
    file_at(tmp_path / "work/.env.example", "POSTGRES_PASSWORD=x")
    assert "from the example" not in repr(told(tmp_path))
