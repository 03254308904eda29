"""An environment of another project is active in the folder of a course: nothing goes into it without
a person, and what the folder has is named first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_projects import made

from envcheck import Environment, Fix, Rename, Run
from envcheck.environment import Located
from envcheck.fixes import advice, standing
from envcheck.run import policy
from envcheck.run.permitted import permitted
from envcheck.target.interpreter import Interpreter
from envcheck.target.projects import of_another
from envcheck.testing import described, interpreter


class Machine:
    """`/x/other/.venv` is active, and the learner stands in `/x/course`."""

    def __init__(self, root: Path) -> None:
        self.root, self.course, self.other = root, root / "course", root / "other"
        for folder in (self.course, self.other / ".venv" / "conda-meta", root / "bin"):
            folder.mkdir(parents=True)
        self.variables = {"HOME": str(root / "home"), "PATH": str(root / "bin")}
        self.python = interpreter(prefix=str(self.other / ".venv"))

    def env(self, **more: str) -> Environment:
        located = Located((self.python.executable,), "the active virtual environment")
        variables = {**self.variables, **more}
        return described(
            folder=self.course, python=self.python, variables=variables, located=located
        )

    def environment(self, place: Path, packages: dict[str, str] | None = None) -> Interpreter:
        (place / "bin").mkdir(parents=True)
        for file in ("pyvenv.cfg", "bin/python"):
            (place / file).touch()
        return interpreter(prefix=str(place), packages=packages)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def own_environment(machine: Machine) -> None:
    machine.environment(machine.course / ".venv")


def own_environment_of_another_name(machine: Machine) -> None:
    machine.environment(machine.course / "env")


def own_environment_of_direnvs(machine: Machine) -> None:
    machine.environment(machine.course / ".direnv" / "python-3.12")


def own_manager(machine: Machine) -> None:
    (machine.course / "uv.lock").touch()
    (machine.course / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    (machine.root / "bin" / "uv").write_text("#!/bin/sh\n", encoding="utf-8")
    (machine.root / "bin" / "uv").chmod(0o755)


def other_project(machine: Machine) -> None:
    (machine.other / "pyproject.toml").touch()


def both(machine: Machine) -> None:
    own_environment(machine)
    own_manager(machine)


MAKES: list[Callable[[Machine], None]] = [
    own_environment,
    own_environment_of_another_name,
    own_environment_of_direnvs,
    own_manager,
    other_project,
    both,
]


@pytest.mark.parametrize("make", MAKES)
def test_nothing_is_changed_there_without_a_person(
    machine: Machine, make: Callable[[Machine], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever way a fix would go about it."""
    for asks in (policy, standing):
        monkeypatch.setattr(asks, "question", lambda *_: machine.python)
    python = machine.python.executable
    ways = (
        Run((python, "-m", "pip", "install", "numpy")),
        Run((python, "-P", "-m", "pip", "install", "numpy")),
        Run((python, "-m", "ensurepip")),
        Run((python, "-m", "ipykernel", "install", "--sys-prefix")),
        Run(("uv", "pip", "install", "--python", python, "numpy")),
        Run(("conda", "install", "--yes", "--prefix", machine.python.prefix, "numpy")),
        Rename(f"{machine.python.prefix}/a", f"{machine.python.prefix}/b"),
    )
    fixes = [Fix("mend it", (step,)) for step in ways]
    assert [permitted(fix, machine.env()).automatic for fix in fixes] == [True] * 7
    make(machine)
    assert [permitted(fix, machine.env()).automatic for fix in fixes] == [False] * 7
    assert not advice.install(machine.env(), machine.python, ["numpy"]).automatic
    # what is made in the course's folder, even by that Python, is the course's
    new = Run((python, "-m", "venv", str(machine.course / "new")))
    assert policy.refuse(machine.env(), new) == ""


@pytest.mark.parametrize("make", [own_environment, both, own_manager])
def test_what_the_folder_has_is_named_first(
    machine: Machine, make: Callable[[Machine], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the other project's environment is in no step."""
    make(machine)
    own = interpreter(prefix=str(machine.course / ".venv"), packages={"numpy": "2.0"})
    monkeypatch.setattr(standing, "question", lambda *_: own)
    fix = advice.install(machine.env(), machine.python, ["numpy"])
    assert str(machine.course / ".venv") in str(fix.steps)
    assert str(machine.other) not in str(fix)
    if make is own_environment:
        assert "which has what the chapter needs" in fix.title
    else:
        assert "have uv make this project's environment" in fix.title


@pytest.mark.parametrize("name", ["env", ".env", "ml-env", ".direnv/python-3.12"])
@pytest.mark.parametrize("has", [True, False])
def test_one_of_another_name_is_used_where_it_has_all(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, name: str, has: bool
) -> None:
    """And nothing is put into it where it has not."""
    place = machine.course / name
    own = machine.environment(place, {"numpy": "2.0"} if has else {})
    monkeypatch.setattr(standing, "question", lambda *_: own)
    fix = advice.install(machine.env(), machine.python, ["numpy"])
    assert not fix.automatic
    assert str(machine.other / ".venv" / "lib") not in str(fix)
    assert (str(place) in str(fix.steps)) is has
    assert (str(machine.course / ".venv") in str(fix.steps)) is not has


def test_environments_in_the_home_are_no_courses(machine: Machine) -> None:
    """People keep them there for everything."""
    machine.environment(machine.root / "home" / "ml-env")
    env = machine.env()
    env.folder = machine.root / "home"
    assert of_another(env, machine.python) is None


def test_whose_it_is_is_said(machine: Machine) -> None:
    """The folder has nothing: the person's choice may be meant, and may be a mistake."""
    other_project(machine)
    fix = advice.install(machine.env(), machine.python, ["numpy"])
    assert fix.title.endswith(f"if {machine.other}, to which it belongs, is meant")


def test_where_nothing_speaks_against_it(machine: Machine, tmp_path: Path) -> None:
    """An environment for all courses, one around the folder, one that was named, this project's."""
    assert of_another(machine.env(), machine.python) is None
    (machine.root / ".git").mkdir()  # around both
    assert of_another(machine.env(), machine.python) is None
    other_project(machine)
    env = machine.env()
    env.located = replace(env.located, chosen=True)
    assert of_another(env, machine.python) is None
    assert of_another(machine.env(), interpreter(kind="system", prefix="/usr")) is None
    for program in ("poetry", "pipenv", "hatch", "uv"):
        env, python = made(program, tmp_path / program)
        assert of_another(env, python) is None


def test_settings_in_the_home_make_no_project_of_it(machine: Machine) -> None:
    """`.git` in a home in which all environments lie."""
    (machine.root / "home" / ".git").mkdir(parents=True)
    python = interpreter(prefix=str(machine.root / "home" / ".virtualenvs" / "ml"))
    assert of_another(machine.env(), python) is None
