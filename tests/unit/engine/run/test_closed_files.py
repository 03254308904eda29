"""A umask under which nothing that is written can be read again."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.unit.plain_user import as_plain_user

from envcheck.errors import NoRoom
from envcheck.run import closed_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: there is a umask")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that every account may look into: pytest's own may not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@contextmanager
def umask(value: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    before = os.umask(value)
    try:
        yield
    finally:
        assert os.umask(before) == value, "it is left as it was"
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize("value", [0o777, 0o277, 0o477])
def test_it_is_said(open_folder: Path, monkeypatch: pytest.MonkeyPatch, value: int) -> None:
    with (
        umask(value, open_folder, monkeypatch),
        as_plain_user(),
        pytest.raises(NoRoom) as caught,
    ):
        closed_files.refuse()
    assert str(caught.value) == (
        f"this terminal takes your own permissions away from all that is written in it (umask {value:03o}), so nothing "
        "works here. Type `umask 022`, take out of your start-up file what sets another, and start again"
    )


@pytest.mark.parametrize("value", [0o000, 0o022, 0o077])
def test_files_can_be_used(open_folder: Path, monkeypatch: pytest.MonkeyPatch, value: int) -> None:
    """One that keeps others out is a good one."""
    with umask(value, open_folder, monkeypatch), as_plain_user():
        closed_files.refuse()
