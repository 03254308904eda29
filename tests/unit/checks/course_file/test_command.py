"""A command is really asked for its version, whichever way it answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck import Chapter, Course, Status
from envcheck.run.result import CheckResult
from envcheck.testing import run_course
from envcheck_checks.course_file.command import command_works

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
        ('[ "$1" = version ] && echo tool version tool1.22.1 linux/amd64', ">=1.21", Status.PASS, ""),
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
