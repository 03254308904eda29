"""A folder of a moment."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from envcheck.throwaway import throwaway_folder


def test_it_is_its_owners_and_goes_with_all_in_it() -> None:
    with throwaway_folder() as folder:
        assert [*folder.iterdir()] == []
        assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0
        (folder / "closed").mkdir()
        (folder / "closed" / "file").write_text("")
        (folder / "closed").chmod(0)
    assert not folder.exists()


def test_it_goes_after_a_failure_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError), throwaway_folder() as folder:
        assert folder.parent == tmp_path
        raise ZeroDivisionError
    assert [*tmp_path.iterdir()] == []


def test_where_none_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(OSError), throwaway_folder():
        pass
