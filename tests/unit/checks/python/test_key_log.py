"""`key-log-blocked`: recognised where keys cannot be written, and nowhere else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at

from envcheck import Severity, UnsetEnv
from envcheck_checks.pip import cannot_install
from envcheck_checks.python import key_log


def blocked(tmp_path: Path, value: Path) -> bool:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), SSLKEYLOGFILE=str(value))
    before = sorted(tmp_path.rglob("*"))
    warnings = key_log.warnings(env)
    assert sorted(tmp_path.rglob("*")) == before, "looking makes nothing"
    return bool(warnings)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    value = tmp_path / "wireshark" / "keys.log"
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), SSLKEYLOGFILE=str(value))
    (told,) = key_log.warnings(env)
    assert (told.code, told.severity) == ("key-log-blocked", Severity.WARNING)
    assert told.evidence.found == f"SSLKEYLOGFILE={value} (No such file or directory)"
    assert told.fixes[0].steps == (UnsetEnv("SSLKEYLOGFILE"),)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    assert blocked(tmp_path, tmp_path)


@pytest.mark.parametrize("name", ["keys.log", "new.log", "link.log"])
def test_where_keys_can_be_written(tmp_path: Path, name: str) -> None:
    file_at(tmp_path / "keys.log", "CLIENT_RANDOM\n")
    (tmp_path / "link.log").symlink_to(tmp_path / "later.log")
    assert not blocked(tmp_path, tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: there are pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not blocked(tmp_path, tmp_path / "pipe")


def test_nobody_asked_for_keys(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), SSLKEYLOGFILE="")
    assert key_log.warnings(env) == []


def test_something_is_missing(tmp_path: Path) -> None:
    """What would make the fix fail is the root cause."""
    python = python_at(tmp_path / "venv", {"pip": "24.0", "numpy": "2.0.0"})
    env = on("linux", tmp_path, python, SSLKEYLOGFILE="/gone/keys.log")
    diagnosis = cannot_install.diagnose(env, STACK)
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.severity) == ("key-log-blocked", Severity.ERROR)
    assert diagnosis.summary == (
        "SSLKEYLOGFILE names a file to which nothing can be written, so "
        "Jupyter and pandas cannot be installed: pip opens no address"
    )
