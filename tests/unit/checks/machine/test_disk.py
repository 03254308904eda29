"""A full disk is told with a number that is the same a moment later."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.described_machines import on

from envcheck_checks.machine import disk


@pytest.mark.parametrize(
    ("free", "found"),
    [
        (0, "less than 10 MB free"),
        (0.4, "less than 10 MB free"),
        (9.99, "less than 10 MB free"),
        (10, "less than 20 MB free"),
        (47.2, "less than 50 MB free"),
    ],
)
def test_free_space_is_rounded_up_to_ten_megabytes(free: float, found: str) -> None:
    """Two checks that look one after the other show the same evidence, so it is one cause."""
    diagnosis = disk.diagnosis(Path("/home/ada"), free)
    assert (diagnosis.code, diagnosis.evidence.found) == ("disk-full", found)
    assert diagnosis.evidence.looked_in == str(Path("/home/ada"))
    assert not diagnosis.fixes[0].automatic


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: a disk counts its files")
@pytest.mark.parametrize(
    ("there", "files", "found"),
    [
        (900, 0, "room for no more files (inodes)"),
        (900, 7, "room for no more files (inodes)"),
        (900, 70, "room, and none for your account"),
        (3, 0, "less than 10 MB free"),
    ],
)
def test_a_write_is_refused_though_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: float, files: int, found: str
) -> None:
    """Nobody is told of bytes where files are what the disk has no room for."""
    monkeypatch.setattr(disk, "free_mb", lambda _: there)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_favail=files))
    told = disk.diagnosis(tmp_path, 0)
    assert (told.code, told.evidence.found) == ("disk-full", found)
    assert not told.fixes[0].automatic


@pytest.mark.parametrize(("free", "full"), [(0, True), (3.9, True), (4, False), (40, False)])
def test_our_own_folder_needs_only_a_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, full: bool
) -> None:
    """What a run writes itself is little: a disk that is full for the learner can still be
    examined.
    """
    monkeypatch.setattr(disk, "free_mb", lambda _: free)
    env = on("linux", tmp_path)
    diagnosis = disk.diagnose_scratch(env)
    assert (diagnosis is not None) is full
    if diagnosis is not None:
        assert diagnosis.evidence.looked_in == str(env.scratch.parent)


def test_free_space_is_in_megabytes(tmp_path: Path) -> None:
    """Of the disk on which the place lies."""
    import shutil

    assert disk.free_mb(tmp_path) == pytest.approx(shutil.disk_usage(tmp_path).free / 1e6, abs=200)
