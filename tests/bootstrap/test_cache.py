"""What run-envcheck.py removes from its cache, and what it uses there: its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from bootstrap.constants import MARKER
from tests.bootstrap.machine import BASE, REPOSITORY, other_pythons

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


def key_of(script: Path, python: Path) -> str:
    """The name of the environment that this Python would make for this file."""
    argv = [str(python), str(script), "--place-of-its-environment"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, cwd=script.parent)
    return done.stdout.splitlines()[-1].removeprefix("key=")


def carried(folder: Path, wheel: bytes = b"wheel", lock: str = "lock") -> Path:
    """A course that carries envcheck; gives its run-envcheck.py."""
    folder.mkdir()
    (folder / "envcheck_course-0.1.0-py3-none-any.whl").write_bytes(wheel)
    (folder / "envcheck.lock").write_text(lock, "utf-8")
    return Path(shutil.copy(REPOSITORY / "run-envcheck.py", folder / "run-envcheck.py"))


def test_one_environment_for_one_envcheck(tmp_path: Path) -> None:
    """Wherever the course lies, also after it was moved; another wheel or lock is another one."""
    keys = [
        key_of(carried(tmp_path / "a"), BASE),
        key_of(carried(tmp_path / "b é"), BASE),
        key_of(carried(tmp_path / "c", wheel=b"another"), BASE),
        key_of(carried(tmp_path / "d", lock="another"), BASE),
    ]
    assert keys[0] == keys[1]
    assert len({*keys}) == 3


def test_one_environment_for_all_that_are_too_old(tmp_path: Path) -> None:
    """Python 2.7 to 3.9 and PyPy host nothing: whichever is typed, the same host serves."""
    script = carried(tmp_path / "course")
    keys = {key_of(script, python) for python in other_pythons().values()}
    assert len(keys) == (1 if other_pythons() else 0)
    assert key_of(script, BASE) not in keys


def test_the_folder_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own variable moves envcheck's environment alone; one that is no whole path moves nothing."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "kept"))
    assert cache.cache_folder() == str(tmp_path / "kept")
    for odd in ("", "kept", "~/kept"):
        monkeypatch.setenv(cache.CACHE, odd)
        assert cache.cache_folder() != odd


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only on Unix root gives files away"
)
@pytest.mark.parametrize(
    ("behind", "refused"), [("1000", True), ("", False), ("1001", False), ("0", False)]
)
def test_sudo_leaves_nothing_of_roots_in_a_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behind: str, refused: bool
) -> None:
    """Who typed it could never again write to the cache. A container's root, whose home is given from
    outside, keeps its environment there.
    """
    os.chown(tmp_path, 1000, 1000)
    monkeypatch.setenv("SUDO_UID", behind)
    place = tmp_path / "Library" / "Caches" / "envcheck"
    if refused:
        with pytest.raises(OSError, match="it would be root's"):
            cache.make_part(str(place))
        assert not (tmp_path / "Library").exists()
    else:
        shutil.rmtree(cache.make_part(str(place)))
