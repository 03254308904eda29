"""Fixes made for this machine: its package manager, its shell, its system. Every command runs on
the target as it is.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import places
from envcheck.environment import Environment
from envcheck.fixes import by_conda, managed, standing
from envcheck.model import Confidence, Fix, Run, Step, Tell, UsePython
from envcheck.target import systems
from envcheck.target.interpreter import Interpreter
from envcheck.target.managers import uv_command
from envcheck.target.projects import Project, of_another, project_here, project_of
from envcheck.target.startup_files import set_in
from envcheck.versions import name_of

__all__ = [
    "activation",
    "ask_teacher",
    "install",
    "install_command",
    "installer",
    "manager_of",
    "new_environment",
    "own_pip",
    "project_for",
    "restore",
    "set_in",
    "tell",
    "typed",
    "use",
    "uv_command",
]

PIP_ALONE = ("--no-cache-dir", "--ignore-installed")  # options that other managers do not know


def install(
    env: Environment, python: Interpreter, requirements: Sequence[str], title: str = ""
) -> Fix:
    """Put distributions into the target. A Python that is not an environment of its own is never
    changed: the fix is then an environment for the course, `.venv` in the course folder. One that may
    be another course's is changed by a person only, who is told of this course's first.
    """
    words = (
        title
        or f"install {_listed([word for word in requirements if not word.startswith('-')])} into this Python"
    )
    names = [word for word in requirements if not word.startswith("-")]
    another = of_another(env, python)
    if not python.is_environment:
        return new_environment(env, python, names)
    if another is not None and another.is_here:
        return _by_a_person(new_environment(env, python, names))
    if project := project_of(env, python):
        return managed.install(project, python, requirements, title)
    fix = Fix(words, tuple(map(Run, _commands(env, python, requirements))))
    if another is None:
        return fix
    return _by_a_person(
        replace(fix, title=f"{words}, if {another.place}, to which it belongs, is meant")
    )


def _by_a_person(fix: Fix) -> Fix:
    return replace(fix, confidence=Confidence.ASK) if fix.automatic else fix


def install_command(
    env: Environment, python: Interpreter, requirements: Sequence[str]
) -> tuple[str, ...]:
    """One command that installs into this environment, by the manager that has it in hand; the
    first one where pip and conda share it.
    """
    if project := project_of(env, python):
        return managed.command(project, python, requirements)
    return _commands(env, python, requirements)[0]


def _commands(
    env: Environment, python: Interpreter, requirements: Sequence[str]
) -> list[tuple[str, ...]]:
    start = installer(env, python)
    commands = (
        by_conda.commands(env, python, requirements, start) if python.kind == "conda-env" else []
    )
    foreign = PIP_ALONE if start[1] == "pip" else ()
    return commands or [(*start, *(word for word in requirements if word not in foreign))]


def manager_of(env: Environment, python: Interpreter) -> str:
    """The name of the manager whose project an installation for this Python goes into; empty where
    none has it in hand.
    """
    project = project_for(env, python)
    return project.tool.name if project else ""


def project_for(env: Environment, python: Interpreter) -> Project | None:
    """The project that an installation for this Python goes into; None where no manager has it in hand."""
    return project_of(env, python) if python.is_environment else project_here(env)


def installer(env: Environment, python: Interpreter) -> tuple[str, ...]:
    """The start of the command that installs into this Python: its own pip, or uv where there is no
    pip. A project's environment is its manager's: `install` knows.
    """
    if "pip" not in python.installed and (uv := uv_command(env)):
        return (uv, "pip", "install", "--python", python.executable)
    return own_pip(python)


def own_pip(python: Interpreter) -> tuple[str, ...]:
    """The start of the command by which this Python's own pip installs."""
    return (python.executable, "-m", "pip", "install")


def new_environment(env: Environment, python: Interpreter, requirements: Sequence[str]) -> Fix:
    """An environment of the course's own, with what the chapter needs in it: the one that is there,
    or a new one where `standing` says.
    """
    if project := project_here(env):
        return managed.new_environment(env, project, python, requirements)
    ground = standing.look(env, python, requirements)
    if ground.there is not None:
        return _filled(env, ground.there, requirements)
    inside, base = (
        str(standing.python_in(ground.place)),
        standing.base_outside(ground.place, python),
    )
    make: Step = Run((base, "-m", "venv", str(ground.place)))
    fill: Step = Run((inside, "-m", "pip", "install", *requirements))
    first: tuple[Step, ...] = ()
    if uv := uv_command(env):
        make = Run((uv, "venv", "--python", base, str(ground.place)))
        fill = Run((uv, "pip", "install", "--python", inside, *requirements))
    elif {"venv", "ensurepip"} & python.gaps.keys():
        system = systems.family() if python.kind == "system" else ""
        first = (systems.get_venv(python.version_info, env.variables.get("PATH", ""), system),)
    return Fix(
        _title(env, ground),
        (*first, *ground.aside, make, fill, use(inside, "venv")),
        Confidence.ASK if ground.aside or ground.because else Confidence.SURE,
    )


def _title(env: Environment, ground: standing.Standing) -> str:
    folder, name = ground.place.parent, ground.place.name
    of_course = f"the course folder {folder}" if places.lies_in(env.folder, folder) else str(folder)
    where = "this folder" if folder == env.folder else of_course
    return f"give the course an environment of its own, `{name}` in {where}{ground.because}"


def _filled(env: Environment, there: Interpreter, requirements: Sequence[str]) -> Fix:
    """Nothing is built over an environment that works: what is missing goes into it, if its owner
    says so.
    """
    missing = standing.lacking(there, requirements)
    steps = install(env, there, missing).steps if missing else ()
    has = "with what the chapter needs in it" if missing else "which has what the chapter needs"
    return Fix(
        f"use the environment {there.prefix}, {has}",
        (*steps, use(there, env=env)),
        Confidence.ASK,
    )


def use(python: Interpreter | str, kind: str = "", env: Environment | None = None) -> UsePython:
    """Make a Python the target; an environment is activated by a person: `kind` is "venv" or
    "conda" for one not seen yet. With `env` the line is one that this terminal knows.
    """
    kinds = {
        "venv": "venv",
        "virtualenv": "venv",
        "uv": "venv",
        "conda-env": "conda",
        "conda": "conda",
    }
    command = python if isinstance(python, str) else python.executable
    kind = kind if isinstance(python, str) else kinds.get(python.kind, "")
    if kind != "conda" or env is None:
        return UsePython(command, kind)
    return UsePython(command, *by_conda.activator(env, command))


def activation(env: Environment, environment: str) -> UsePython:
    """The step that activates an environment; each shell has its own line for it."""
    place = Path(environment)
    kind = "conda" if os.path.isdir(place / "conda-meta") else "venv"
    inside = standing.python_in(place, kind)
    return use(str(inside), kind, env)


def restore(
    env: Environment, python: Interpreter, added: Sequence[str], changed: Sequence[str]
) -> list[tuple[str, ...]]:
    """Commands that take `added` distributions out again and bring `changed` ones (`name==version`)
    back.
    """
    away: tuple[str, ...] = (python.executable, "-m", "pip", "uninstall", "--yes")
    if "pip" not in python.installed and (uv := uv_command(env)):
        away = (uv, "pip", "uninstall", "--python", python.executable)
    others = [name for name in added if name != "pip"]
    back = [(*installer(env, python), "--no-deps", *changed)] if changed else []
    # pip goes last, by itself: nothing else could be taken out without it.
    pip = [(*away, "pip")] if "pip" in added else []
    return [*([(*away, *others)] if others else []), *back, *pip]


def tell(title: str, *sentences: str | Tell) -> Fix:
    """Something that only a person can do."""
    steps = (Tell(words) if isinstance(words, str) else words for words in sentences)
    return Fix(title, tuple(steps), Confidence.ASK)


def typed(line: str, lead: str = "Type this in a terminal:", then: str = "") -> Tell:
    """A line that a person types, which no program may: on a line of its own between the words
    before and after it. A path in it is quoted.
    """
    return Tell(" ".join(filter(None, (lead, line, then))), line)


def ask_teacher() -> Fix:
    """Where nothing is known that a learner could do."""
    return tell(
        "show this report to your teacher",
        "To send it, run envcheck again with `--report html=report.html`, which writes it as a page.",
    )


def _listed(requirements: Collection[str]) -> str:
    names = [name_of(requirement) for requirement in requirements]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
