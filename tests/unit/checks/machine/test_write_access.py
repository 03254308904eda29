"""Whether files can be made in a folder is tried, and nothing is left there."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
from tests.unit.plain_user import as_plain_user

from envcheck_checks.machine import write_access
from envcheck_checks.machine.write_access import NEW_FILES, existing, write_error


def test_the_nearest_folder_that_is_there(tmp_path: Path) -> None:
    """A folder still to be made is asked for where it would be made."""
    assert existing(tmp_path) == tmp_path
    assert existing(tmp_path / "a" / "b") == tmp_path
    (tmp_path / "dead").symlink_to("gone")
    assert existing(tmp_path / "dead" / "b") == tmp_path


@pytest.mark.parametrize("unnamed", [True, False])
def test_a_folder_that_can_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool
) -> None:
    """Also on a system without files that have no name. Nothing is left in it."""
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
        monkeypatch.setattr(tempfile, "_O_TMPFILE_WORKS", False, raising=False)
    assert write_error(tmp_path) is None
    assert write_error(tmp_path / "not" / "yet") is None
    assert not list(tmp_path.iterdir())


def test_below_a_file_nothing_can_be_made(tmp_path: Path) -> None:
    """The file is what is there, and it is no folder."""
    file = tmp_path / "file"
    file.touch()
    error = write_error(file / "below")
    assert error is not None
    assert error.errno in (errno.ENOTDIR, errno.ENOENT, errno.EINVAL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_a_folder_that_may_not_be_written_to(open_folder: Path) -> None:
    """The refusal is handed back as it came, for whoever knows what it means."""
    open_folder.chmod(0o555)
    try:
        with as_plain_user():
            error = write_error(open_folder)
    finally:
        open_folder.chmod(0o755)
    assert error is not None
    assert error.errno == errno.EACCES


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="asks Linux for files without names")
@pytest.mark.parametrize(
    ("number", "goes_on"),
    [
        (errno.EOPNOTSUPP, True),
        (errno.EISDIR, True),
        (errno.EINVAL, True),
        (errno.EACCES, False),
        (errno.ENOSPC, False),
        (errno.EROFS, False),
    ],
)
def test_a_disk_that_knows_no_unnamed_files_is_not_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, goes_on: bool
) -> None:
    """NFS and others refuse only these: an ordinary file is tried there. A refusal for good stays
    one.
    """

    def refuse(*_: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: (tmp_path / "written").open("wb"))
    monkeypatch.setattr(os, "open", refuse)
    error = write_error(tmp_path)
    assert (error is None) is goes_on
    assert error is None or error.errno == number


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux: files without a name")
@pytest.mark.parametrize("takes", [1, 3, NEW_FILES])
def test_a_disk_with_few_files_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, takes: int
) -> None:
    """One file more is not enough. What the disk says of itself is only the reason to try: some say
    so, and take all.
    """
    monkeypatch.setattr(write_access, "has_few_files_left", lambda _: True)
    real, opened = os.open, list[object]()

    def take(place: Path, flags: int, mode: int) -> int:
        opened.append(place)
        if len(opened) > takes:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(place, flags, mode)

    monkeypatch.setattr(os, "open", take)
    error = write_error(tmp_path)
    assert (error is None) is (takes == NEW_FILES)
    assert error is None or error.errno == errno.ENOSPC
