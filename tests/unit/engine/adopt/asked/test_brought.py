"""What comes along with a package that is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, notebook, of
from tests.unit.engine.adopt.writing.test_questions import changed_files

from envcheck.adopt.asked.brought import with_brought
from envcheck.module_names import BUILDS, LESS, SHELLS

CELL = "import mlflow, flask, pandas"


def test_builds_of_a_library() -> None:
    """What has all of it needs what it needs; what has a part of it is that library, and no more is told."""
    for build, library in BUILDS.items():
        brought = with_brought([build])
        assert library in brought
        if build in LESS:
            assert brought == {build, library}
        elif build not in SHELLS:
            assert with_brought([library]) <= brought
    assert with_brought(["mlflow-skinny", "mlflow"]) == with_brought(["mlflow", "mlflow-skinny"])
    assert "flask" in with_brought(["mlflow-skinny", "mlflow"])


@pytest.mark.parametrize(
    ("listed", "needed"), [("mlflow\n", []), ("mlflow-skinny\n", ["flask", "pandas"])]
)
def test_a_build_with_a_part_of_its_library(tmp_path: Path, listed: str, needed: list[str]) -> None:
    """In a list that its name tells, and in one that the author names."""
    files = {"a.ipynb": notebook(CELL)}
    reading = of(tmp_path / "told", {**files, "requirements.txt": listed})
    assert answers(reading) == (needed, [])
    written = 'course = "x"\nrequires = ["lists/all.txt"]\n\n[chapter.a]\nfolder = "."\n'
    text = changed_files(tmp_path / "named", written, {**files, "lists/all.txt": listed})
    assert ("flask" in text, "pandas" in text) == (bool(needed), bool(needed))
    assert "mlflow" not in text
