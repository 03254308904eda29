"""Lists that are for who makes the course, by their names and their folders'."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.adopt.small_courses import notebook, of


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("05-testing/environment.yml", True),
        ("06-build/requirements.txt", True),
        ("ci-cd/requirements.txt", True),
        ("env/environment.yml", True),
        ("docs/requirements.txt", False),
        ("test-1/requirements.txt", False),
        ("website/build/requirements.txt", False),
        ("requirements-dev.txt", False),
        (".rtd-environment.yml", False),
        ("readthedocs.yml", False),
        ("environment-part-d.yml", True),
        ("05-testing/requirements-dev.txt", False),
    ],
)
def test_a_list_in_a_folder_with_such_a_name(tmp_path: Path, name: str, is_read: bool) -> None:
    """A chapter about tests is for learners; `docs` is its authors', with notebooks in it too."""
    text = "dependencies: [numpy]\n" if name.endswith("yml") else "numpy\n"
    books = {"ci-cd/a.ipynb": notebook("import numpy"), "docs/a.ipynb": notebook("import numpy")}
    read = of(tmp_path, {**books, "05-testing/b.ipynb": notebook("import numpy"), name: text}).lists
    assert (name in {each.name for each in (*read.of_all, *read.of_chapters)}) is is_read
