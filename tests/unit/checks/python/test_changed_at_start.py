"""A start-up file that changes something before the learner's first line is named, whatever it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
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
from envcheck_checks.python.start_files import keeps_from_working, without_files


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


def test_whatever_it_does(place: Path) -> None:
    """The file without which a module works is found by running that module without it: others are
    started, and the module has its own words.
    """
    line = "os.environ['COURSE_DRAWS'] = 'elsewhere'"
    with started_with(line, place) as (env, file):
        site = Path(file).parent
        (site / "course_probe.py").write_text(PROBE)
        (site / "banner.pth").write_text("import sys; sys.banner = 1\n")
        (site / "folders.pth").write_text("/no/such/folder\n")
        tried: list[set[str]] = []

        def works(left_out: Sequence[str]) -> bool:
            files = [each for each in left_out if each]
            tried.append({Path(each).name for each in files})
            words = ("course_probe", "-f", "a b")
            python = str(python_in(place))
            command = (
                without_files((python, "-Xdev"), files, words) if files else (python, "-m", *words)
            )
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            assert done.stdout.splitlines()[1:] == ["['-f', 'a b']"]
            return done.stdout.startswith("here")

        said = keeps_from_working(env, works, "no picture is shown", "ValueError: x")
        (site / "banner.pth").unlink()
    assert said is not None
    assert (said.code, said.evidence.looked_in) == ("start-file-misleads", file)
    assert "of_a_tool.pth" in said.summary and "no picture is shown" in said.summary
    assert tried[0] == {"of_a_tool.pth", "banner.pth"}


PROBE = """
import os, sys
print(os.environ.get("COURSE_DRAWS", "here"))
print(sys.argv[1:])
"""


def test_no_start_file_is_the_reason(place: Path) -> None:
    with started_with("sys.banner = 1", place) as (env, _):
        assert keeps_from_working(env, lambda left_out: False, "nothing works", "x") is None
