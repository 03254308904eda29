"""A start-up file that changes something before the learner's first line is named, whatever it is."""

from __future__ import annotations

import os
import shutil
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
from envcheck.target.interpreter import interpreter
from envcheck_checks.notebook.settings.config import shown_elsewhere
from envcheck_checks.python.changed_at_start import warnings
from envcheck_checks.python.check import python
from envcheck_checks.python.start_files import keeps_from_working, without_files


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment without pip: its Python is what is asked."""
    made = tmp_path_factory.mktemp("learner") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    return made


@pytest.fixture(scope="module")
def fedoras(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment as Fedora's Python makes it: `lib64` is a link to `lib`, and the packages of both
    are on the path. This Python, made to look there.
    """
    root = tmp_path_factory.mktemp("fedora")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    base, made = root / "usr", root / ".venv"
    for folder in (
        base / "bin",
        base / "lib",
        made / "bin",
        made / "lib" / version / "site-packages",
    ):
        folder.mkdir(parents=True)
    (base / "lib" / version).symlink_to(Path(os.__file__).parent)
    shutil.copy(Path(sys.executable).resolve(), base / "bin" / version)
    (made / "bin" / "python").symlink_to(base / "bin" / version)
    for place in (base, made):
        (place / "lib64").symlink_to("lib")
    (made / "pyvenv.cfg").write_text(
        f"home = {base / 'bin'}\ninclude-system-site-packages = false\n"
    )
    return made


@contextmanager
def started_with(line: str, place: Path, **variables: str) -> Iterator[tuple[Environment, str]]:
    """A learner whose Python runs this line as it starts, and the file in which the line stands."""
    site = next(iter(place.glob("lib/python3*/site-packages")), place / "Lib" / "site-packages")
    file = site / "of_a_tool.pth"
    file.write_text(f"import os, sys; {line}\n")
    located = Located((str(python_in(place)),), "the test")
    variables = {"PATH": os.environ["PATH"], "HOME": str(place.parent), **variables}
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


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only on Linux: Fedora's lib64")
def test_a_folder_of_packages_by_two_names(fedoras: Path) -> None:
    """Python runs each .pth in it twice; it is listed once, and left out by either name."""
    with started_with("os.umask(0o777)", fedoras, PYTHONPLATLIBDIR="lib64") as (env, file):
        (Path(file).parent / "folders.pth").write_text("/no/such/folder\n")
        path = interpreter(env).path
        assert {
            str(fedoras / lib / Path(file).parent.parent.name / "site-packages")
            for lib in ("lib", "lib64")
        } <= {*path}
        (warning,) = warnings(env)
        tried: list[list[str]] = []

        def works(left_out: Sequence[str]) -> bool:
            tried.append([each for each in left_out if each])
            return bool(tried[-1])

        said = keeps_from_working(env, works, "no picture is shown", "ValueError: x")
    assert warning.evidence.found == "umask 777"
    assert Path(warning.evidence.looked_in).name == Path(file).name
    assert said is not None and [Path(each).name for each in tried[0]] == ["of_a_tool.pth"]


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
