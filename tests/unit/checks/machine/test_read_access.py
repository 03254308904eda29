"""Whether a file can be read is tried."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest
from tests.unit.plain_user import as_plain_user

from envcheck_checks.machine.read_access import read_error


def test_what_can_be_read_has_no_error(tmp_path: Path) -> None:
    """A link to a file is as good as the file; an empty one as good as a full one."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("file")
    assert [read_error(tmp_path / name) for name in ("file", "link")] == ["", ""]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder under a file's name, a link that leads nowhere, and one that leads to itself."""
    (tmp_path / "dead").symlink_to("gone")
    (tmp_path / "circle").symlink_to("circle")
    assert read_error(tmp_path) == "it is no file"
    assert read_error(tmp_path / "dead") == "a link that leads nowhere"
    assert read_error(tmp_path / "circle") == os.strerror(errno.ELOOP)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_a_file_that_may_not_be_read(open_folder: Path) -> None:
    """The system's own words; in a folder that may not be entered they are the same."""
    closed, inside = open_folder / "closed.py", open_folder / "folder" / "inside.py"
    inside.parent.mkdir()
    for file in (closed, inside):
        file.touch()
    closed.chmod(0)
    inside.parent.chmod(0)
    try:
        with as_plain_user():
            told = [read_error(file) for file in (closed, inside)]
    finally:
        inside.parent.chmod(0o755)
    assert told == [os.strerror(errno.EACCES)] * 2
