"""How conda's environment is called: said where list and text agree, told where they do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.writing.new_file import text

BOOK = {
    "a.ipynb": notebook("import numpy"),
    "environment.yml": "name: book\ndependencies: [numpy]\n",
}


@pytest.mark.parametrize(
    ("readme", "more", "line"),
    [
        ("conda env create -f environment.yml\nconda activate book\n", {}, 'conda = "book"  # environment.yml:1, and the README'),
        ("`mamba activate book`.\n", {}, 'conda = "book"  # environment.yml:1, and the README'),
        ("conda activate base\n", {}, ""),
        ("", {}, ""),
        ("conda activate book\n", {"requirements.txt": "numpy\n"}, ""),
        ("conda activate NAME or conda activate book\n", {}, ""),
        ("conda create -n other python\nconda activate other\n", {}, ""),
    ],
)  # fmt: skip
def test_the_one_that_everybody_makes(
    tmp_path: Path, readme: str, more: dict[str, str], line: str
) -> None:
    written = text(of(tmp_path, {**BOOK, "README.md": readme, **more})).splitlines()
    assert [each for each in written if each.startswith("conda")] == ([line] if line else [])


@pytest.mark.parametrize(
    ("readme", "is_told"),
    [
        ("Then\n\n    conda activate books\n", True),
        ("conda env create -n books -f environment.yml\nconda activate books\n", False),
        ("conda activate book\n", False),
        ("source activate\n", False),
    ],
)
def test_one_that_nobody_makes(tmp_path: Path, readme: str, is_told: bool) -> None:
    told = [str(stone) for stone in stumbles(of(tmp_path, {**BOOK, "README.md": readme}))]
    words = (
        "README.md:3  `books` is activated here, and environment.yml:1 makes the environment `book`"
    )
    assert told == ([words] if is_told else [])
