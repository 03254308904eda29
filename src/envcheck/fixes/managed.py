"""Fixes in a project that has a manager: by that manager, and shown, never carried out. They change
its files, and what is installed past them it takes away again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck.environment import Environment
from envcheck.fixes.backup import move_aside
from envcheck.fixes.standing import find, python_in
from envcheck.model import Confidence, Fix, Run, Step, Tell, UsePython
from envcheck.sentences import listed
from envcheck.target.asked import pythons_asked_for
from envcheck.target.belongings import is_learners
from envcheck.target.course_folder import ENVIRONMENT_NAMES, UV_NAMES
from envcheck.target.interpreter import Interpreter
from envcheck.target.project_tools import CHOSEN, FOLDER, NAMES, UV, shell_line
from envcheck.target.projects import Project
from envcheck.versions import allows, name_of, normal_name, specifier_of


@dataclass(frozen=True)
class _Wishes:
    """Requirements by what the manager has to do for them."""

    sync: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    upgrade: tuple[str, ...] = ()
    add: tuple[str, ...] = ()


def install(
    project: Project, python: Interpreter | None, requirements: Sequence[str], title: str = ""
) -> Fix:
    """Put distributions into the project's environment; `python` is None where it has none yet."""
    wishes, tool = _sorted(project, python, requirements), project.tool.name
    added = listed([name_of(word) for word in wishes.add])
    words = title or (
        f"add {added} to this project with {tool}"
        if added
        else f"have {tool} install what this project declares"
    )
    return Fix(
        words if tool in words else f"{words}, with {tool}, which manages this project",
        (*_before(project), *_steps(project, python, wishes)),
        Confidence.LIKELY,
    )


def new_environment(
    env: Environment, project: Project, python: Interpreter, requirements: Sequence[str]
) -> Fix:
    """The environment that this project's manager makes. One that works is used; what else has the
    name of one in the project's folder is moved aside, by its owner.
    """
    fix = install(project, None, requirements)
    if project.kept or not project.tool.makes_venv:
        return _apart(env, project, fix)
    named = env.variables.get(UV_NAMES) if project.tool is UV else ""
    place = project.folder / (named or ENVIRONMENT_NAMES[0])
    there = find(env, place, python)
    fits = there is not None and allows(pythons_asked_for(env), there.version)
    aside = [] if fits or not os.path.lexists(place) else [_aside(env, place)]
    return Fix(
        f"have {project.tool.name} make this project's environment, `{place.name}`",
        (*aside, *fix.steps, UsePython(str(python_in(place)), "venv")),
        Confidence.LIKELY,
    )


def _apart(env: Environment, project: Project, fix: Fix) -> Fix:
    """By a manager that keeps environments apart from the projects: where, only it knows beforehand."""
    if project.kept:
        title = f"have {project.tool.name} fill this project's environment, {project.kept}"
        return Fix(title, (*fix.steps, *entered(env, project)[-1:]), Confidence.LIKELY)
    then = Tell("Run envcheck again: it then names the line that activates the environment.")
    return Fix(
        f"have {project.tool.name} make this project's environment",
        (*fix.steps, then),
        Confidence.LIKELY,
    )


def entered(env: Environment, project: Project) -> tuple[Step, ...]:
    """What makes the environment that this manager keeps for the project the one of the terminal."""
    if not project.tool.shell:
        return (UsePython(str(python_in(Path(project.kept))), "venv"),)
    line = shell_line(project.tool, project.program, project.chosen, env.variables)
    words = f"Open a terminal of {project.tool.name} in this environment: {line}"
    return (*_before(project), Tell(words, line))


def _aside(env: Environment, place: Path) -> Step:
    if is_learners(env, place):
        return move_aside(place)
    return Tell(f"Ask whoever owns {place} to move it away: it belongs to somebody else.")


def command(project: Project, python: Interpreter, requirements: Sequence[str]) -> tuple[str, ...]:
    """The last of the commands that install these."""
    steps = _steps(project, python, _sorted(project, python, requirements))
    runs = [step.argv for step in steps if isinstance(step, Run)]
    return runs[-1] if runs else (project.program or project.tool.program, *project.tool.run)


def _sorted(project: Project, python: Interpreter | None, requirements: Sequence[str]) -> _Wishes:
    words = [word for word in requirements if not word.startswith("-")]
    force, upgrade = "--force-reinstall" in requirements, "--upgrade" in requirements
    needs = {word: project.needs.get(normal_name(name_of(word))) for word in words}
    again = {word for word in words if force and not upgrade and needs[word]}
    fitting = {
        word
        for word, need in needs.items()
        if need and word not in again and _fits(word, need.version)
    }
    newer = {
        word for word in fitting if upgrade and python and not _is_behind(project, python, word)
    }
    others = set(words) - again - fitting
    parts = (fitting - newer, again, newer, others)
    return _Wishes(*(tuple(word for word in words if word in part) for part in parts))


def _fits(requirement: str, version: str) -> bool:
    """Whether the locked version is one that the requirement takes; where none is locked it may."""
    return not version or allows(specifier_of(requirement), version)


def _is_behind(project: Project, python: Interpreter, word: str) -> bool:
    """Whether the environment has not what the project's files name."""
    name = normal_name(name_of(word))
    distribution, wanted = python.installed.get(name), project.needs[name].version
    return distribution is None or bool(wanted and distribution.version != wanted)


def _before(project: Project) -> Iterator[Step]:
    """What a person does first."""
    tool = project.tool
    if not project.program:
        yield Tell(f"Install {tool.name}, {tool.home}, then open a new terminal.")
    if not project.standing and not tool.elsewhere:
        yield Tell(f"Go to the folder of the project, {project.folder}.")


def _steps(project: Project, python: Interpreter | None, wishes: _Wishes) -> Iterator[Step]:
    tool, again = project.tool, [name_of(word) for word in wishes.again]
    forgotten = again if not tool.again else []
    if python is not None:
        yield from _metadata_aside(python, forgotten)
    if wishes.sync or forgotten or (python is None and not wishes.add):
        options = _options(project, (*wishes.sync, *wishes.again))
        yield _run(project, tool.sync, (), (*options, *_keeping(project, python, options)))
    if again and tool.again:
        yield _run(project, tool.again, again, _keeping(project, python, ()))
    if wishes.upgrade:
        names = [name_of(word) for word in wishes.upgrade]
        yield _run(project, tool.upgrade, names, _keeping(project, python, ()))
    yield from _add(project, wishes.add)


def _metadata_aside(python: Interpreter, names: Sequence[str]) -> Iterator[Step]:
    """No manager installs again what it believes to be there."""
    for distribution in python.distributions:
        if distribution.name in map(normal_name, names) and python.owns(distribution.folder):
            yield move_aside(Path(distribution.folder, distribution.entry))


def _add(project: Project, requirements: Sequence[str]) -> Iterator[Step]:
    """A manager without a word for it reads its file: a person writes it there."""
    if requirements and project.tool.add:
        yield _run(project, project.tool.add, requirements, ())
    elif requirements:
        listing = ", ".join(f'"{word}"' for word in requirements)
        yield Tell(f"Add {listing} to `dependencies` in {project.folder / 'pyproject.toml'}.")
        yield _run(project, project.tool.sync, (), ())


def _options(project: Project, requirements: Sequence[str]) -> tuple[str, ...]:
    """What the manager must be told so that it installs these; each pair once."""
    needs = (project.needs.get(normal_name(name_of(word))) for word in requirements)
    return tuple(
        word for row in dict.fromkeys(need.options for need in needs if need) for word in row
    )


def _keeping(
    project: Project, python: Interpreter | None, options: Sequence[str]
) -> tuple[str, ...]:
    """The option that keeps what else is there: a manager that follows its files to the letter
    would take it away.
    """
    stays = {
        name
        for name, need in project.needs.items()
        if not need.options or set(need.options) <= set(options)
    }
    others = python.installed.keys() - stays - {"pip"} if python is not None else set()
    return project.tool.keeping if others else ()


def _run(
    project: Project, words: Sequence[str], names: Sequence[str], options: Sequence[str]
) -> Run:
    """One command: the manager's words, filled in."""
    filled = {NAMES: names, CHOSEN: project.chosen}
    argv = [argument for word in words for argument in filled.get(word, (word,))]
    if "--reinstall-package" in words or "--upgrade-package" in words:  # once for each name
        argv = _each(words, names)
    where = (
        []
        if project.standing
        else [word.replace(FOLDER, str(project.folder)) for word in project.tool.elsewhere]
    )
    return Run((project.program or project.tool.program, *argv, *where, *options))


def _each(words: Sequence[str], names: Sequence[str]) -> list[str]:
    option = words[-2]
    return [*words[:-2], *(word for name in names for word in (option, name))]
