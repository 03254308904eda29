"""Of what came while a step went on, only what its command names is taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Rename, Run
from envcheck.fixes import snapshot, unfinished
from envcheck.fixes.own_work import distributions, names_place
from envcheck.model import Step
from envcheck.target.conda import Record
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck.testing import described, interpreter

FOREIGN = "somebodys"  # in the name of all that others write meanwhile


def installed(python: Interpreter, name: str, *requires: str, version: str = "1.0") -> Interpreter:
    folder = Path(python.path[0])
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "RECORD").write_text(f"{info.name}/RECORD,,\n{name}.py,,\n", encoding="utf-8")
    (folder / f"{name}.py").touch()
    row = Distribution(name, version, str(folder), info.name, requires)
    rest = [each for each in python.distributions if each.name != name]
    return replace(python, distributions=(*rest, row))


class Course:
    """A course folder with an environment, in which a step is at work while others write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = folder / ".venv"
        self.python = interpreter("3.12.4", {"numpy": "1.26"}, prefix=str(self.place))
        Path(self.python.path[0]).mkdir(parents=True)
        (self.place / "bin").mkdir()
        (self.place / "pyvenv.cfg").touch()

    def pip(self) -> None:
        self.python = installed(self.python, "polars", "arrow>=1; python_version > '3'")
        self.python = installed(self.python, "arrow")

    def venv(self) -> None:
        (self.folder / "new" / "bin").mkdir(parents=True)

    def venv_again(self) -> None:
        (self.place / "bin" / "activate").touch()

    def kernel(self) -> None:
        (self.place / "share/jupyter/kernels/python3").mkdir(parents=True)

    def others(self) -> None:
        """A notebook that is saved, a file of Dropbox's, a second terminal that installs."""
        for name in ("homework.ipynb", "lecture", ".venv/notes.txt", ".venv/bin/tool"):
            path = self.folder / name
            path.with_name(f"{FOREIGN}-{path.name}").touch()
        self.python = installed(self.python, FOREIGN)
        self.python = installed(self.python, "numpy", version="2.0")


STEPS: dict[str, tuple[tuple[str, ...], Callable[[Course], None], list[str]]] = {
    "pip": (("-m", "pip", "install", "--upgrade", "polars>=1"), Course.pip, ["arrow", "polars"]),
    "venv": (("-m", "venv", "{}/new"), Course.venv, ["new"]),
    "again": (("-m", "venv", "--without-pip", "{}/.venv"), Course.venv_again, ["activate"]),
    "kernel": (("-m", "ipykernel", "install", "--sys-prefix"), Course.kernel, ["python3"]),
    "ensurepip": (("-I", "-m", "ensurepip", "--upgrade"), lambda course: None, []),
}


def named(steps: tuple[Step, ...]) -> list[str]:
    words = [Path(step.source).name for step in steps if isinstance(step, Rename)]
    runs = [step.argv for step in steps if isinstance(step, Run)]
    return sorted([*words, *(word for argv in runs for word in argv[argv.index("--yes") + 1 :])])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("kind", STEPS)
def test_what_others_write_meanwhile_is_in_no_undo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, first: bool
) -> None:
    """Before the step's own work or after it: their moment tells nothing."""
    course = Course(tmp_path)
    words, work, own = STEPS[kind]
    argv = (course.python.executable, *(word.format(tmp_path) for word in words))
    monkeypatch.setattr(snapshot, "question", lambda env, command: course.python)
    env = described(folder=tmp_path, python=course.python)
    before = snapshot.take(env, argv[0], argv)
    for each in (Course.others, work) if first else (work, Course.others):
        each(course)
    assert named(snapshot.find_undo_steps(env, before, argv)) == own


@pytest.mark.parametrize("kind", ["venv", "again", "kernel"])
def test_nor_in_the_undo_of_a_step_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A record tells what stood there before, and no more."""
    course = Course(tmp_path)
    words, work, own = STEPS[kind]
    argv = (course.python.executable, *(word.format(tmp_path) for word in words))
    monkeypatch.setattr(snapshot, "question", lambda env, command: course.python)
    env = described(folder=tmp_path, python=course.python)
    noted = unfinished.begun(Run(argv), (), snapshot.take(env, argv[0], argv))
    for name in ("homework.ipynb", ".venv/notes.txt"):
        (tmp_path / name).touch()
    work(course)
    assert named(unfinished.find_undo(env, noted)[0]) == own


def test_what_conda_does_meanwhile_is_condas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second terminal updates a package by conda while pip installs: pip's step is no conda."""
    course = Course(tmp_path)
    noted: list[Record] = []
    monkeypatch.setattr(snapshot, "question", lambda env, command: course.python)
    monkeypatch.setattr(snapshot, "records", lambda prefix: list(noted))
    env = described(folder=tmp_path, python=course.python)
    before = snapshot.take(env, course.python.executable)
    noted.append(Record("zlib", "1.3", "0"))
    pip = (course.python.executable, "-m", "pip", "install", "polars")
    assert snapshot.find_undo_steps(env, before, pip) == ()
    (step,) = snapshot.find_undo_steps(env, before, ("/opt/conda", "install", "polars"))
    assert isinstance(step, Run) and step.argv[1] == "remove"


def test_what_an_installer_was_asked_for() -> None:
    """Where its words are a list or an address, all that came meanwhile counts."""
    python = interpreter("3.12.4", {"polars": "1.0", "other": "1.0"})
    both = {"polars", "other"}
    for words, own in (
        (("-m", "pip", "install", "Polars[all]>=1"), {"polars"}),
        (("pip", "install", "--python", "/x/python", "polars==1"), {"polars"}),
        (("-m", "pip", "install", "-r", "requirements.txt"), both),
        (("-m", "pip", "install", "./polars"), both),
        (("install", "--yes", "--prefix", "/x", "polars"), both),
    ):
        assert distributions(("/x/program", *words), python, both) == own


def test_which_place_a_command_names(tmp_path: Path) -> None:
    """Its own folder, and one above what it names; not what only has a name that begins so."""
    argv = ("python", "-m", "venv", str(tmp_path / "a" / "b"))
    assert [names_place(argv, str(tmp_path / name)) for name in ("a", "a/b", "a/c", "ab")] == [
        True,
        True,
        False,
        False,
    ]
