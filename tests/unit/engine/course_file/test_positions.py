"""Each key is found where it is written, however it is written."""

from __future__ import annotations

import pytest

from envcheck.course_file.kinds import Path
from envcheck.course_file.positions import position

TEXT = """\
course = "a"
chapters.from = "x"

[chapter.w]  # a comment
commands = { java = ">=17", git = "*" }
packages = [
  "numpy",
  "torch",
]

[chapter."q"]
title = 'x'
[other]
[chapter.z]
title = "y"
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("course",), (1, 1)),
        (("chapters", "from"), (2, 10)),
        (("chapter", "w"), (4, 2)),
        (("chapter", "w", "commands"), (5, 1)),
        (("chapter", "w", "commands", "git"), (5, 29)),
        (("chapter", "w", "packages"), (6, 1)),
        (("chapter", "w", "packages", 1), (8, 3)),
        (("chapter", "q", "title"), (12, 1)),
        (("chapter", "z", "title"), (15, 1)),
        (("chapter", "z", "gone"), (14, 2)),
        (("gone",), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_position(path: Path, place: tuple[int, int]) -> None:
    assert position(TEXT, path) == place


def test_what_cannot_be_read_has_the_first_place() -> None:
    assert position("a = ", ("a",)) == (1, 1)
