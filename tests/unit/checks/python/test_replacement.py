"""Another Python of the machine where the learner's cannot be used: as it is, or as the base of an
environment.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Confidence, Environment, Rename, Run, Tell, UsePython
from envcheck.environment import Located
from envcheck.fixes import standing
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Interpreter, Trouble, Unusable
from envcheck.testing import interpreter
from envcheck_checks.python import replacement
from envcheck_checks.python.replacement import MOST, Wanted, instead

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="programs are found by their mode bits"
)
WANTED = Wanted(">=3.7", ("notebook", "numpy>=1.17"))
WHOLE = {"notebook": "7.0", "numpy": "2.0"}


class Pythons:
    """The Pythons on PATH: each in a folder of its own, in this order. `asked` are those that were
    started.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.folders: list[Path] = []
        self.answers: dict[str, Interpreter | Unusable] = {}
        self.asked: list[str] = []
        monkeypatch.setattr(replacement, "question", self._question)
        monkeypatch.setattr(standing, "question", self._question)

    def add(
        self, version: str = "3.12.4", packages: dict[str, str] | None = None, name: str = "python3"
    ) -> str:
        folder = self.root / f"python-{len(self.folders)}"
        folder.mkdir()
        program = folder / name
        program.touch(0o755)
        self.folders.append(folder)
        self.answers[str(program)] = replace(
            interpreter(version, packages, kind="installation"), executable=str(program)
        )
        return str(program)

    def dead(self) -> str:
        program = self.add()
        said = Finished((program,), Ending.EXITED, 1, "", "no such codec", 0.1)
        self.answers[program] = Unusable(Trouble.NOT_PYTHON, (program,), said)
        return program

    def learner(self, located: str = "/gone/python", pyenv: str = "") -> Environment:
        return on(
            "linux",
            self.root,
            located=Located((located,), "the test"),
            PATH=":".join(map(str, self.folders)),
            PYENV_ROOT=pyenv,
        )

    def _question(self, _: Environment, command: Sequence[str]) -> Interpreter | Unusable:
        self.asked.append(command[0])
        return self.answers[command[0]]


@pytest.fixture
def pythons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pythons:
    return Pythons(tmp_path, monkeypatch)


def test_one_with_everything_is_used_as_it_is(pythons: Pythons) -> None:
    """Also where another comes before it on PATH that would have to be filled first."""
    pythons.add()
    whole = pythons.add("3.11.2", WHOLE)
    (fix,) = instead(pythons.learner(), WANTED)
    assert fix.steps == (UsePython(whole, ""),)
    assert "3.11.2" in fix.title
    assert fix.automatic


def test_one_without_the_packages_makes_an_environment(pythons: Pythons) -> None:
    base = pythons.add(packages={"numpy": "2.0"})
    (fix,) = instead(pythons.learner(), WANTED)
    make, fill, use = fix.steps
    assert isinstance(make, Run)
    assert make.argv[:3] == (base, "-m", "venv")
    assert isinstance(fill, Run)
    assert fill.argv[-2:] == ("notebook", "numpy>=1.17")
    assert isinstance(use, UsePython)
    assert use.python.startswith(str(pythons.root / "work/.venv"))
    assert fix.automatic


def test_the_environment_that_does_not_work_is_moved_aside_first(pythons: Pythons) -> None:
    """Nothing is built over what stands there: sure where it is what cannot be used, and a
    person's choice where it is something else.
    """
    pythons.add()
    place = pythons.root / "work" / ".venv"
    place.mkdir(parents=True)
    (fix,) = instead(pythons.learner(str(place / "bin" / "python")), WANTED)
    assert fix.steps[0] == Rename(str(place), f"{place}.envcheck-backup-1")
    assert fix.automatic
    (other,) = instead(pythons.learner(), WANTED)
    assert other.steps[0] == fix.steps[0]
    assert other.confidence is Confidence.ASK


@pytest.mark.parametrize(("packages", "steps"), [(WHOLE, [UsePython]), ({}, [Run, UsePython])])
def test_an_environment_of_the_folder_is_used(
    packages: dict[str, str], steps: list[type], pythons: Pythons
) -> None:
    """`--python` named a place where nothing is: the whole environment beside it is not built
    over; what is missing is put into it.
    """
    pythons.add()
    place = pythons.root / "work" / ".venv"
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").touch(0o755)
    inside = str(place / "bin" / "python")
    there = interpreter(version="3.12.4", prefix=str(place), packages=packages)
    pythons.answers[inside] = replace(there, executable=inside)
    (fix,) = instead(pythons.learner("/no/such"), WANTED)
    assert [type(step) for step in fix.steps] == steps
    assert fix.steps[-1] == UsePython(inside, "venv")


def test_one_that_pyenv_keeps_is_offered(pythons: Pythons) -> None:
    """No terminal knows it: pyenv's command answers for the version that is set alone."""
    pythons.add("3.12.4")
    kept = pythons.root / ".pyenv/versions/3.9.18/bin/python3.9"
    kept.parent.mkdir(parents=True)
    kept.touch(0o755)
    pythons.answers[str(kept)] = replace(
        interpreter("3.9.18", kind="installation"), executable=str(kept)
    )
    learner = pythons.learner(pyenv=str(pythons.root / ".pyenv"))
    (fix,) = instead(learner, Wanted(">=3.8,<3.10", ()))
    assert fix.steps == (UsePython(str(kept), ""),)
    assert pythons.asked[-1] == str(kept)


@pytest.mark.parametrize(
    ("versions", "named"),
    [(">=3.8", "Install Python from"), (">=3.8,<3.10", "Install Python 3.9 from")],
)
def test_where_none_fits_the_newest_that_would_is_named(
    versions: str, named: str, pythons: Pythons
) -> None:
    (fix,) = instead(pythons.learner(), Wanted(versions, ()))
    assert isinstance(fix.steps[0], Tell)
    assert named in fix.steps[0].text


def test_who_cannot_help_is_not_offered(pythons: Pythons) -> None:
    """One that is too old, one that does not start, and the one in question, which is not even
    asked.
    """
    own = pythons.add(packages=WHOLE)
    pythons.add("3.6.15", WHOLE)
    pythons.dead()
    (fix,) = instead(pythons.learner(own), WANTED)
    assert "install a Python" in fix.title
    assert not fix.automatic
    assert own not in pythons.asked


def test_no_more_than_a_few_are_asked(pythons: Pythons) -> None:
    """Each costs time, and a PATH can be long."""
    for _ in range(MOST + 5):
        pythons.add("3.6.15")
    instead(pythons.learner(), WANTED)
    assert len(pythons.asked) == MOST


def test_a_complete_environment_of_condas_is_used(pythons: Pythons) -> None:
    """Also where another Python is on PATH, from which one would have to be made."""
    pythons.add()
    home = pythons.root / "home"
    found = {}
    for name, packages in (("base", WHOLE), ("half", {"numpy": "2.0"}), ("ml", WHOLE)):
        place = home / "miniforge3" / ("envs" if name != "base" else "") / ("" if name == "base" else name)  # fmt: skip
        site = place / "lib/python3.12/site-packages"
        (place / "bin").mkdir(parents=True)
        (place / "conda-meta").mkdir()
        if name != "base":
            for package, version in packages.items():
                (site / f"{package}-{version}.dist-info").mkdir(parents=True)
        (place / "bin" / "python").touch(0o755)
        found[name] = str(place / "bin" / "python")
        pythons.answers[found[name]] = replace(
            interpreter("3.12.4", packages, kind="conda-env", prefix=str(place)),
            executable=found[name],
        )
    (fix,) = instead(pythons.learner(), WANTED)
    (step,) = fix.steps
    assert isinstance(step, UsePython)
    assert step.python == found["ml"]
    assert found["half"] not in pythons.asked


@pytest.mark.parametrize(
    "place",
    [
        "Library/Frameworks/Python.framework/Versions/Current/bin/python3",
        "opt/homebrew/bin/python3",
        "usr/local/bin/python3",
        "home/Library/jupyterlab-desktop/jlab_server/bin/python3",
    ],
)
def test_a_python_of_a_mac_that_no_terminal_knows(
    place: str, pythons: Pythons, tmp_path: Path
) -> None:
    """It is there: nobody is told to install another. On another system nobody looks there."""
    program = tmp_path / place
    program.parent.mkdir(parents=True)
    program.touch(0o755)
    whole = replace(interpreter("3.12.4", WHOLE, kind="installation"), executable=str(program))
    pythons.answers[str(program)] = whole

    def learner(name: str) -> Environment:
        gone = Located(("/usr/bin/python3",), "the test")
        return on(name, tmp_path, located=gone, PATH=str(tmp_path / "none"))

    (fix,) = instead(learner("darwin"), WANTED)
    assert [step.python for step in fix.steps if isinstance(step, UsePython)] == [str(program)]
    (fix,) = instead(learner("linux"), WANTED)
    assert fix.title == "install a Python"
