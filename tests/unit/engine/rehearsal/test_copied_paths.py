"""No path of the copy is told: it is gone when somebody reads of it."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, strategies

from envcheck.rehearsal.copied_paths import of_the_course

POSIX = PurePosixPath("/tmp/envcheck-x1/0/course")
WINDOWS = PureWindowsPath(r"C:\Users\ann\Temp\envcheck-x1\0\course")


@pytest.mark.parametrize(
    ("text", "copy", "told"),
    [
        ("/tmp/envcheck-x1/0/course/data/a.csv", POSIX, "data/a.csv"),
        ("/tmp/envcheck-x1/0/course", POSIX, "."),
        ("in /tmp/envcheck-x1/0/course, and", POSIX, "in ., and"),
        ("'/tmp/envcheck-x1/0/course/'", POSIX, "'.'"),
        ("file:///tmp/envcheck-x1/0/course/a.txt", POSIX, "a.txt"),
        ("/tmp/envcheck-x1/0/course-2/a.txt", POSIX, "/tmp/envcheck-x1/0/course-2/a.txt"),
        (r"C:\Users\ann\Temp\envcheck-x1\0\course\data\a.csv", WINDOWS, r"data\a.csv"),
        (r"'C:\\Users\\ann\\Temp\\envcheck-x1\\0\\course\\a.csv'", WINDOWS, "'a.csv'"),
        ("C:/Users/ann/Temp/envcheck-x1/0/course/a.csv", WINDOWS, "a.csv"),
        (r"C:\Users\ann\Temp\envcheck-x1\0\course", WINDOWS, "."),
    ],
)
def test_each_spelling(text: str, copy: PurePath, told: str) -> None:
    assert of_the_course(text, copy) == told
    assert of_the_course({"a": [{"b": text}, 1, None]}, copy) == {"a": [{"b": told}, 1, None]}


def test_a_folder_that_is_a_link(tmp_path: Path) -> None:
    """A Mac's temporary folder is one, and programs tell where it leads."""
    (tmp_path / "real/course").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    told = of_the_course(f"{tmp_path / 'real/course'}/a.csv", tmp_path / "link/course")
    assert told == "a.csv"


@given(
    strategies.lists(
        strategies.sampled_from(
            [str(POSIX), f"{POSIX}/", POSIX.as_uri(), "a.csv", " ", "'", '"', ":"]
        )
    ).map("".join)
)
def test_nothing_of_it_is_left(text: str) -> None:
    told = of_the_course(text, POSIX)
    assert f"{POSIX}/" not in told and f"{POSIX} " not in told and not told.endswith(str(POSIX))
