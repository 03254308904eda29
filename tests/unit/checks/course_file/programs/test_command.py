"""A command is really asked for its version, whichever way it answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck import Chapter, Course, Status
from envcheck.run.result import CheckResult
from envcheck.testing import run_course
from envcheck_checks.course_file.programs.command import command_works

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on systems that run scripts by their first line"
)


def asked(folder: Path, script: str, versions: str) -> CheckResult:
    """What the check says of a program that is this script of the shell."""
    tool = folder / "tool"
    if script:
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
    asked = "" if versions == "*" else versions
    made = Course("a", "A", [Chapter("w", "W", [command_works("tool", asked, "w")])])
    variables = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    (result,) = run_course(made, "w", variables=variables, folder=folder).results
    assert result.id == "w.command.tool"
    return result


@pytest.mark.parametrize(
    ("script", "versions", "status", "code"),
    [
        ("echo tool 2.39.5", "*", Status.PASS, ""),
        ("echo tool 2.39.5", ">=2.39,<3", Status.PASS, ""),
        ('[ "$1" = -version ] && echo \'openjdk version "17.0.2" 2022\' >&2', ">=17,<22", Status.PASS, ""),
        ('[ "$1" = version ] && exec echo tool version tool1.22.1 linux/amd64; echo "Usage: tool COMMAND\n  version   the version"; exit 2', ">=1.21", Status.PASS, ""),
        ('case "$1" in -*) echo "error: unknown flag: $1" >&2; exit 1;; *) touch harm;; esac', "*", Status.PASS, ""),
        ('echo "tool: illegal option -- -\nusage: tool [-a] file" >&2; exit 1', "*", Status.PASS, ""),
        ('echo "usage: tool [-a] file" >&2; exit 1', ">=1", Status.UNDETERMINED, ""),
        ("echo 'no license server answers' >&2; exit 1", "*", Status.UNDETERMINED, ""),
        ("exit 1", "*", Status.UNDETERMINED, ""),
        ("kill -9 $$", "*", Status.FAIL, "command-does-not-run"),
        ("echo 'tool: error while loading shared libraries: liba.so.1' >&2; exit 127", "*", Status.FAIL, "command-does-not-run"),
        ("echo \"Traceback (most recent call last):\nModuleNotFoundError: No module named 'a'\" >&2; exit 1", "*", Status.FAIL, "command-does-not-run"),
        ("echo 'Unrecognized VM option\nError: Could not create the Java Virtual Machine.' >&2; exit 1", "*", Status.FAIL, "command-does-not-run"),
        ("echo tool 2.39.5", ">=3", Status.FAIL, "command-other-version"),
        ("echo 'upgrade to 3.9.1 is available'; echo tool version 1.2.3", ">=2", Status.FAIL, "command-other-version"),
        ("echo tool version 2023-11-05-git; echo built with gcc 12.2.0", ">=5", Status.UNDETERMINED, ""),
        ("echo tool 25.0.1", ">=17,<22", Status.FAIL, "command-other-version"),
        ("echo 'Unable to locate a Java Runtime. See 10.15' >&2; exit 1", "*", Status.FAIL, "command-does-not-run"),
        ("exit 0", "*", Status.PASS, ""),
        ("exit 0", ">=1", Status.UNDETERMINED, ""),
        ("", "*", Status.FAIL, "command-missing"),
    ],
)  # fmt: skip
def test_command(tmp_path: Path, script: str, versions: str, status: Status, code: str) -> None:
    result = asked(tmp_path, script, versions)
    assert result.status is status, result.summary
    assert [diagnosis.code for diagnosis in result.diagnoses] == ([code] if code else [])
    for diagnosis in result.diagnoses:
        assert diagnosis.fixes
        assert not diagnosis.fixes[0].automatic, "a person changes the system"


def test_a_word_without_a_dash_is_not_said_to_all(tmp_path: Path) -> None:
    """To `ssh` it would be a host, to `passwd` a user, to `make` a target."""
    asked(tmp_path, f'echo "$1" >> {tmp_path}/words; echo "usage: tool HOST"; exit 1', ">=1")
    assert (tmp_path / "words").read_text().split() == ["--version", "-version", "-V"]
