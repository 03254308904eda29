"""Disk and memory are measured, in the units that people buy them in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.checks.course_file.chapter_of import place
from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis, Fine
from envcheck.target.allowance import Allowance, allowance
from envcheck_checks.course_file import capacity

GB = 10**9


def memory(folder: Path, monkeypatch: pytest.MonkeyPatch, has: float | None, limit: float | None) -> object:  # fmt: skip
    """What is said of a machine with so many MB where 8 GB are wanted."""
    monkeypatch.setattr(capacity, "total_mb", lambda: has)
    env = on("linux", folder, facts={allowance: Allowance(limit)})
    return capacity.memory_there(8 * GB, place(folder)).examine(env)


@pytest.mark.parametrize(
    ("has", "limit", "where"),
    [
        (16_000, None, ""),
        (7_700, None, ""),
        (7_100, None, "this machine's memory"),
        (16_000, 4_000, "the limits of this container (cgroup)"),
        (16_000, 64_000, ""),
    ],
)
def test_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has: float, limit: float | None, where: str
) -> None:
    """A laptop of 8 GB shows 7.7; a container's limit counts."""
    outcome = memory(tmp_path, monkeypatch, has, limit)
    assert isinstance(outcome, Diagnosis if where else Fine)
    assert not isinstance(outcome, Diagnosis) or outcome.evidence.looked_in == where


@pytest.mark.parametrize(("limit", "by"), [(None, ".wslconfig"), (4_000, "container")])
def test_memory_that_windows_keeps_from_wsl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: float | None, by: str
) -> None:
    """The computer has 16 GB; nobody is told to buy another."""
    monkeypatch.setattr(capacity, "total_mb", lambda: 7_900)
    facts = {allowance: Allowance(limit)}
    env = on("linux", tmp_path, facts=facts, WSL_DISTRO_NAME="Ubuntu")
    outcome = capacity.memory_there(16 * GB, place(tmp_path)).examine(env)
    assert isinstance(outcome, Diagnosis)
    assert by in outcome.evidence.looked_in
    assert ("memory=16GB" in repr(outcome.fixes)) is (limit is None)
    assert "Use a machine" not in repr(outcome.fixes)


def test_memory_that_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = memory(tmp_path, monkeypatch, None, None)
    assert not isinstance(outcome, Diagnosis | Fine)


@pytest.mark.parametrize(("size", "fits"), [(10**6, True), (10**17, False)])
def test_disk(tmp_path: Path, size: int, fits: bool) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    outcome = capacity.disk_free(size, place(tmp_path), ()).examine(env)
    assert isinstance(outcome, Fine if fits else Diagnosis)
    assert fits or getattr(outcome, "code", "") == "disk-too-small"


def test_spoken() -> None:
    assert [*map(capacity.spoken, (5e8, 5e9, 1.5e9, 2e12))] == ["500 MB", "5 GB", "1.5 GB", "2 TB"]
