"""The limits of a terminal, described by their numbers."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import psutil
import pytest

from envcheck_checks.machine import limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("RLIMIT_AS", 700_000_000, "memory-limit-too-low"),
        ("RLIMIT_DATA", 150_000_000, "memory-limit-too-low"),
        ("RLIMIT_NOFILE", 40, "open-files-limit-too-low"),
        ("RLIMIT_FSIZE", 2048, "file-size-limit-too-low"),
        ("RLIMIT_CPU", 10, "processor-time-limit-too-low"),
        ("RLIMIT_NPROC", 70, "program-limit-too-low"),
    ],
)
def test_each_limit_is_named(
    name: str, value: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that is too low, with the number that was found; none when all are high enough."""
    given = {name: value}
    monkeypatch.setattr(limits, "_limit", given.get)
    monkeypatch.setattr(limits, "_running", lambda: 50)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    found = limits.diagnose()
    assert found is not None
    assert (found.code, found.fixes[0].automatic) == (code, False)
    given[name] = 4_000_000_000
    assert limits.diagnose() is None


def test_root_is_held_to_no_number_of_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A low number for root says nothing, and nothing is counted for it."""
    monkeypatch.setattr(limits, "_limit", {"RLIMIT_NPROC": 10}.get)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert limits.diagnose() is None


def test_the_limits_of_a_mac_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """256 open files and 1333 programs (launchctl limit), with a desktop that runs 400 of them."""
    monkeypatch.setattr(limits, "_limit", {"RLIMIT_NOFILE": 256, "RLIMIT_NPROC": 1333}.get)
    monkeypatch.setattr(limits, "_running", lambda: 400)
    monkeypatch.setattr("os.geteuid", lambda: 501)
    assert limits.diagnose() is None


@pytest.mark.parametrize(("platform", "counted"), [("linux", 2000), ("darwin", 400)])
def test_what_counts_against_the_number_of_programs(
    platform: str, counted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux counts threads. XNU counts programs: a Mac with 400 of them, five threads each, has room
    below its 1333.
    """
    me = SimpleNamespace(real=os.getuid())
    own = SimpleNamespace(pid=0, uids=lambda: me, num_threads=lambda: 5)
    others = SimpleNamespace(pid=0, uids=lambda: SimpleNamespace(real=os.getuid() + 1))
    monkeypatch.setattr(psutil, "process_iter", lambda: [*[own] * 400, others])
    monkeypatch.setattr(sys, "platform", platform)
    assert limits._running() == counted
    monkeypatch.setattr(limits, "_limit", {"RLIMIT_NPROC": 1333}.get)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert (limits.diagnose() is None) == (platform == "darwin")


def test_what_this_run_started_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server, a kernel and their threads are gone when the learner starts theirs."""
    me = SimpleNamespace(real=os.getuid())
    ours, theirs, itself = (
        SimpleNamespace(pid=pid, uids=lambda: me, num_threads=lambda: 5)
        for pid in (-1, -2, os.getpid())
    )
    monkeypatch.setattr(psutil, "process_iter", lambda: [ours, theirs, itself])
    monkeypatch.setattr(psutil.Process, "children", lambda *_, **__: [ours])
    monkeypatch.setattr(sys, "platform", "linux")
    assert limits._running() == 5
