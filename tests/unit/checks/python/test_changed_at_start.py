"""A start-up file that changes something before the learner's first line is named, whatever it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from envcheck import Diagnosis, Environment, Severity
from envcheck.environment import Located
from envcheck.fixes.standing import python_in
from envcheck.model import Course
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck_checks.notebook.config import shown_elsewhere
from envcheck_checks.python.changed_at_start import warnings
from envcheck_checks.python.check import python


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment without pip: its Python is what is asked."""
    made = tmp_path_factory.mktemp("learner") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    return made


@contextmanager
def started_with(line: str, place: Path) -> Iterator[tuple[Environment, str]]:
    """A learner whose Python runs this line as it starts, and the file in which the line stands."""
    site = next(iter(place.glob("lib/python3*/site-packages")), place / "Lib" / "site-packages")
    file = site / "of_a_tool.pth"
    file.write_text(f"import os, sys; {line}\n")
    located = Located((str(python_in(place)),), "the test")
    variables = {"PATH": os.environ["PATH"], "HOME": str(place.parent)}
    request = Request(Course("", "", []), (), (), located, variables, place.parent, timeout=60)
    try:
        with environment(request) as env:
            yield env, str(file)
    finally:
        file.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="only on a system where a mask is kept")
@pytest.mark.parametrize(
    ("line", "actual", "words"),
    [
        ("os.chdir('/')", "/", "goes to another folder"),
        ("os.umask(0o777)", "umask 777", "takes your own permissions away"),
        ("os.umask(0o277)", "umask 277", "may not open again"),
    ],
)
def test_what_it_changes(line: str, actual: str, words: str, place: Path) -> None:
    with started_with(line, place) as (env, file):
        (warning,) = warnings(env)
        assert shown_elsewhere(env, "/srv").endswith(
            "in the folder /srv, as your Jupyter config wants it"
        )
        led = shown_elsewhere(env, actual) if actual == "/" else ""
    assert warning.code == "start-file-misleads"
    assert warning.severity is Severity.WARNING
    assert words in warning.summary
    assert (warning.evidence.found, warning.evidence.looked_in) == (actual, file)
    assert warning.fixes[0].automatic
    assert not led or led == f", in the folder /, into which the file {file} leads Python"


@pytest.mark.parametrize("line", ["sys.stdout = open(os.devnull, 'w')", "sys.stdout.close()"])
def test_one_that_closes_what_is_printed(line: str, place: Path) -> None:
    """The Python runs, and nothing that it prints arrives: the file is named, not the Python."""
    with started_with(line, place) as (env, file):
        diagnosis = python().examine(env)
    assert isinstance(diagnosis, Diagnosis)
    assert "the file of_a_tool.pth does that" in diagnosis.summary
    assert diagnosis.evidence.looked_in == file


@pytest.mark.parametrize(
    "line", ["pass", "os.umask(0o077)", "os.chdir(os.curdir)", "print('hello')"]
)
def test_one_that_harms_nobody(line: str, place: Path) -> None:
    with started_with(line, place) as (env, _):
        assert not [*warnings(env)]
