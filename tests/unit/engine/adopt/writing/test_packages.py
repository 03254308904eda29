"""Two builds of one library in one environment write over each other's files: a second one is never asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import answers, course, notebook, of

from envcheck.adopt.needed.course import read
from envcheck.adopt.writing.merging import merged
from envcheck.adopt.writing.new_file import text
from envcheck.module_names import SIBLINGS, table

MODULES = {package: module for module, package in reversed([*table().items()])}
BUILDS = [(library, build) for library, each in SIBLINGS.items() for build in each if library in MODULES]  # fmt: skip


@pytest.mark.parametrize(("library", "build"), BUILDS)
def test_a_list_that_names_another_build(tmp_path: Path, library: str, build: str) -> None:
    files = {"requirements.txt": f"{build}\n", "a.ipynb": notebook(f"import {MODULES[library]}")}
    reading = of(tmp_path, files)
    assert answers(reading) == ([], [])
    assert "not read" not in text(reading) and "packages" not in text(reading)


@pytest.mark.parametrize("where", ["", '[chapter.course]\nfolder = "."\n'])
def test_a_course_file_that_names_another_build(tmp_path: Path, where: str) -> None:
    """Of the course or of a chapter; by the notebooks, and by a checker of the course's own."""
    builds = {library: each[-1] for library, each in SIBLINGS.items() if library in MODULES}
    cells = [notebook(f"import {MODULES[library]}") for library in builds]
    files = {f"{number}.ipynb": cell for number, cell in enumerate(cells)}
    files["check_env.py"] = f"PACKAGES = {[*builds]}"
    own = f"packages = {[*builds.values()]}\n".replace("'", '"')
    named = where + own if where else f'{own}[chapter.course]\nfolder = "."\n'
    root = course(tmp_path, {**files, "envcheck.toml": f'course = "x"\n{named}'})
    before, after = merged(root / "envcheck.toml", read(root))
    for library, build in builds.items():
        assert (f'"{library}"' in after) == (f'"{library}"' in before), build


def test_what_a_build_needs_comes_along(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "tensorflow-cpu\nlightning\n",
        "a.ipynb": notebook("import keras, h5py, pytorch_lightning, torchmetrics"),
    }
    assert answers(of(tmp_path, files)) == ([], [])
