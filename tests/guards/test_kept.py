"""What tests make once is made by one worker, however long it takes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests import kept
from tests.pace import wait_for


def test_who_is_at_work_keeps_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is young again by itself; afterwards it is gone."""
    monkeypatch.setattr(kept, "ALIVE_SECONDS", 0.05)
    lock = tmp_path / "made.lock"

    def make(_: Path) -> None:
        os.utime(lock, (0, 0))
        wait_for("it is young", 5, lambda: time.time() - lock.stat().st_mtime < kept.DEAD_SECONDS)

    assert (kept.once(tmp_path / "made", make) / "whole").exists()
    assert not lock.exists()


def test_the_lock_of_a_dead_worker_is_taken_over(tmp_path: Path) -> None:
    lock = tmp_path / "made.lock"
    lock.mkdir()
    os.utime(lock, (0, 0))
    assert (kept.once(tmp_path / "made", lambda _: None) / "whole").exists()


def test_a_new_owners_lock_is_no_dead_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two wait for a dead one's: the second looks once more before it removes."""
    lock = tmp_path / "made.lock"
    lock.mkdir()
    answers = [True, False]
    monkeypatch.setattr(kept, "_is_dead", lambda _: answers.pop(0))
    kept._remove_dead(lock)
    assert [*tmp_path.iterdir()] == [lock]


def test_environments_of_other_days_go(tmp_path: Path) -> None:
    """Not what is in use, nor what is half made, nor what is of no day."""
    old = time.time() - kept.UNUSED_SECONDS - 60
    names = [f"healthy-{number}" + "0" * 11 for number in range(5)]
    for name in (*names, f"layer-{names[0]}", "uv-cache"):
        (tmp_path / name / "bin").mkdir(parents=True)
        if name not in (names[1], names[4]):
            (tmp_path / name / "whole").touch()
            os.utime(tmp_path / name / "whole", (old, old))
    (tmp_path / f"{names[2]}.used").touch()
    (tmp_path / f"{names[3]}.used").touch()
    os.utime(tmp_path / f"{names[3]}.used", (old, old))
    (tmp_path / f"{names[4]}.used").touch()  # its removal was cut off
    os.utime(tmp_path / f"{names[4]}.used", (old, old))
    kept.remove_old(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {names[1], names[2], f"{names[2]}.used", "uv-cache"}
