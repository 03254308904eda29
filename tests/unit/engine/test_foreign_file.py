"""Files that anybody may have written."""

from __future__ import annotations

import errno
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pace import within

from envcheck import foreign_file
from envcheck.shape import ANY_OBJECT, read_file

LETTERS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(words=LETTERS)
def test_marks_of_editors_are_understood(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, words: str
) -> None:
    """Notepad and PowerShell's `>` write them."""
    file = tmp_path_factory.mktemp("marks") / "f"
    file.write_bytes(words.lstrip("\ufeff").encode(encoding))
    assert foreign_file.text(file) == foreign_file.lines(words.lstrip("\ufeff"))


def test_what_is_no_letter_is_marked(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"a\xe9\r\nb\rc")
    assert foreign_file.text(tmp_path / "f") == "a\ufffd\nb\nc"


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: pipes with a name")
def test_nothing_is_waited_for(tmp_path: Path) -> None:
    """A pipe that nobody writes to, and a device without an end."""
    os.mkfifo(tmp_path / "pipe")
    answers: list[str] = []
    places = [str(tmp_path / "pipe"), "/dev/zero", os.devnull]

    def read() -> None:
        answers.extend(foreign_file.text_or_nothing(place) for place in places)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(within(10))
    assert answers == ["", "", ""]


def test_why_it_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 2001)
    for name, most, number in (
        ("large", 2000, errno.EFBIG),
        ("nothing", 10, errno.ENOENT),
        ("a\0b", 10, errno.EINVAL),
    ):
        with pytest.raises(OSError) as refused:
            foreign_file.content(tmp_path / name, most)
        assert refused.value.errno == number
        assert foreign_file.text_or_nothing(tmp_path / name, most) == ""
    assert len(foreign_file.content(tmp_path / "large", 2001)) == 2001


def test_json_of_any_kind_is_an_answer(tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    for raw, read in (
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        ('{"a": 1}'.encode("utf-16"), {"a": 1}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"[" * 200_000, None),
        (b'{"a":' * 200_000, None),
        (b"\xff\xfe\x00", None),
        (b"9" * 10_000, None),
        (b"NaN", None),
        (b"", None),
    ):
        file.write_bytes(raw)
        assert read_file(file, ANY_OBJECT) == read


def test_what_matches_in_a_folder_that_nobody_can_look_into(tmp_path: Path) -> None:
    for name in ("b.pth", "a.pth", "c.py"):
        (tmp_path / name).touch()
    assert foreign_file.matching(tmp_path, "*.pth") == [tmp_path / "a.pth", tmp_path / "b.pth"]
    for folder in (
        tmp_path / ("x" * 5000),
        tmp_path / "a\0b",
        tmp_path / "c.py",
        Path("/proc/1/x"),
    ):
        assert foreign_file.matching(folder, "*.pth") == []


def test_what_lies_in_a_folder(tmp_path: Path) -> None:
    """In order; nothing where nobody can look: it is none, it is gone, its name cannot be one."""
    for name in ("b", "a"):
        (tmp_path / name).touch()
    assert foreign_file.entries(tmp_path) == [tmp_path / "a", tmp_path / "b"]
    for place in (tmp_path / "a", tmp_path / "gone", "a\0b", "x" * 5000):
        assert foreign_file.entries(place) == []
