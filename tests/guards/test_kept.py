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
