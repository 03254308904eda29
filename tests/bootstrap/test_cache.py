"""What run-envcheck.py removes from its cache, and what it uses there: its own."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from bootstrap.constants import MARKER

from bootstrap import cache as untyped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners are POSIX's")
cache: Any = untyped  # it parses on Python 2.7, without types
LONG_AGO = time.time() - 90 * 86400


def old(place: Path, *, marked: bool = False) -> Path:
    place.mkdir()
    for path in [*([place / MARKER] if marked else []), place]:
        path.touch() if path != place else None
        os.utime(path, (LONG_AGO, LONG_AGO))
    return place


def test_only_what_carries_our_mark_is_removed(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A folder of somebody else's in the cache stays, however old, and so does what a link leads
    to.
    """
    ours = old(tmp_path / ("0123456789abcdef"), marked=True)
    part = old(tmp_path / "part-0a1b2c-999999-xyz")
    theirs = [old(tmp_path / "photos"), old(tmp_path / "notes", marked=True), old(tmp_path / ("f" * 16))]  # fmt: skip
    far = tmp_path_factory.mktemp("far") / "away"
    old(far, marked=True)
    (tmp_path / ("e" * 16)).symlink_to(far)
    cache.remove_abandoned(str(tmp_path))
    assert not ours.exists() and not part.exists()
    assert all(place.exists() for place in (*theirs, far, tmp_path / ("e" * 16)))


def test_a_cache_that_others_may_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one that another user made first, nor one behind a link."""
    place = tmp_path / "cache"
    place.mkdir(mode=0o700)
    assert cache.is_ours(str(place))
    (tmp_path / "link").symlink_to(place)
    assert not cache.is_ours(str(tmp_path / "link"))
    place.chmod(0o777)
    assert not cache.is_ours(str(place))
    with pytest.raises(OSError, match="others may write"):
        cache.make_part(str(place))
    place.chmod(0o700)
    os.chown(place, 12345, -1) if os.geteuid() == 0 else None
    monkeypatch.setattr("os.geteuid", lambda: 54321)
    assert not cache.is_ours(str(place))
