"""Folders that are removed, whatever is in them."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.plain_user import as_plain_user

from bootstrap import files as _files
from envcheck.removal import of_any_length, remove_tree

files: Any = _files  # of the file that learners start, which Python 2 reads too: no types
posix = pytest.mark.skipif(sys.platform == "win32", reason="only on Unix are there mode bits")
REMOVERS = [remove_tree, files.remove_folder]


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that another user may enter too."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    place.chmod(0o777)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@posix
@pytest.mark.parametrize("remove", REMOVERS)
@pytest.mark.parametrize("mode", [0o500, 0o300, 0o000])
def test_folders_without_permission(folder: Path, remove: Any, mode: int) -> None:
    """As a program leaves them: pip's and Go's caches have some."""
    with as_plain_user():
        inner = folder / "ours" / "objects" / "ab"
        inner.mkdir(parents=True)
        (inner / "cdef").touch()
        inner.chmod(mode)
        inner.parent.chmod(mode)
        remove(str(folder / "ours"))
    assert not list(folder.iterdir())


@pytest.mark.parametrize("remove", REMOVERS)
def test_files_that_are_marked_as_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remove: Any
) -> None:
    """git's objects are; Windows deletes none of them (WinError 5)."""
    unlink = os.unlink

    def as_windows_does(path: Any, *, dir_fd: int | None = None) -> None:
        if not os.stat(path, dir_fd=dir_fd, follow_symlinks=False).st_mode & stat.S_IWRITE:
            raise PermissionError(13, "Access is denied")
        unlink(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", as_windows_does)
    objects = tmp_path / "ours" / ".git" / "objects"
    objects.mkdir(parents=True)
    (objects / "4b825d").touch(mode=0o444)
    remove(str(tmp_path / "ours"))
    assert not list(tmp_path.iterdir())


@posix
@pytest.mark.parametrize("remove", REMOVERS)
def test_what_links_lead_to_stays_as_it_is(folder: Path, remove: Any) -> None:
    with as_plain_user():
        theirs = folder / "theirs"
        theirs.mkdir()
        (theirs / "notebook").touch(mode=0o400)
        theirs.chmod(0o500)
        locked = folder / "ours" / "locked"
        locked.mkdir(parents=True)
        (locked / "folder").symlink_to(theirs)
        (locked / "file").symlink_to(theirs / "notebook")
        locked.chmod(0o500)
        remove(str(folder / "ours"))
        assert not (folder / "ours").exists()
        assert stat.S_IMODE(theirs.stat().st_mode) == 0o500
        assert stat.S_IMODE((theirs / "notebook").stat().st_mode) == 0o400


def test_nothing_is_there(tmp_path: Path) -> None:
    remove_tree(tmp_path / "nowhere")
    files.remove_folder("")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (r"C:\Users\zoe\AppData\Local\Temp\envcheck-1", r"\\?\C:\Users\zoe\AppData\Local\Temp\envcheck-1"),
        (r"C:/Temp/a/../b", r"\\?\C:\Temp\b"),
        (r"\\server\homes\zoe\x", r"\\?\UNC\server\homes\zoe\x"),
        (r"\\?\C:\x", r"\\?\C:\x"),
    ],
)  # fmt: skip
def test_a_name_that_may_be_long(place: str, name: str) -> None:
    assert of_any_length(place, "win32") == name
    assert of_any_length(place, "linux") == place
