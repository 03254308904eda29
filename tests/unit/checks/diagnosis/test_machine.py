"""Causes in the machine: each reaches the learner, whatever was tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import fail
from envcheck_checks.diagnosis import machine
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.machine import disk, limits, loopback

FAILURE = Failure("nothing works")
BROKEN = fail("described", "described")


def test_a_machine_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's loopback is really tried; limits and disk are those of a machine in order."""
    monkeypatch.setattr(limits, "diagnose", lambda: None)
    monkeypatch.setattr(disk, "free_mb", lambda _: 5000.0)
    env = on("linux", tmp_path)
    assert machine.find_low_limit(env, FAILURE) is None
    assert machine.find_dead_loopback(env, FAILURE) is None
    assert machine.find_full_disk(env, FAILURE) is None


def test_a_machine_that_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "diagnose", lambda: BROKEN)
    monkeypatch.setattr(loopback, "diagnose", lambda: BROKEN)
    monkeypatch.setattr(disk, "free_mb", lambda _: 1.0)
    env = on("linux", tmp_path)
    assert machine.find_low_limit(env, FAILURE) is BROKEN
    assert machine.find_dead_loopback(env, FAILURE) is BROKEN
    full = machine.find_full_disk(env, FAILURE)
    assert full is not None
    assert full.code == "disk-full"
