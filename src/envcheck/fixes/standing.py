"""Where the course's environment is, or is made: one that works, is new enough and may be filled is
used. Whatever else of the learner's has its name is moved aside, what is somebody else's stays, and no
Python is asked to make its own successor. Whoever offers an environment asks here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from envcheck import places
from envcheck.environment import Environment
from envcheck.fixes.backup import move_aside
from envcheck.model import Rename
from envcheck.path_lists import separator
from envcheck.target import conda
from envcheck.target.asked import pythons_asked_for
from envcheck.target.belongings import is_learners, may_write
from envcheck.target.course_folder import (
    ENVIRONMENT_NAMES,
    course_folders,
    otherwise_named,
    uv_named,
)
from envcheck.target.fulfilled import has
from envcheck.target.interpreter import Interpreter, question
from envcheck.versions import allows


@dataclass(frozen=True)
class Standing:
    """`there` is an environment to use. Where there is none, one is made at `place`, after `aside`;
    `because` is what a person is told of what is in the way.
    """

    place: Path
    there: Interpreter | None = None
    aside: tuple[Rename, ...] = ()
    because: str = ""


def look(env: Environment, examined: Interpreter, requirements: Sequence[str] = ()) -> Standing:
    """Where an environment with these requirements is, or is made."""
    there = next(working(env, pythons_asked_for(env), requirements, examined), None)
    if there is not None:
        return Standing(Path(there.prefix), there)
    own = course_folders(env.folder, env.variables)[-1]
    folder = next((each for each in (own, env.folder) if may_write(each) and can_hold(each)), None)
    if folder is None:
        return _at_home(env, own, examined)
    place = folder / ENVIRONMENT_NAMES[0]
    if not os.path.lexists(place):
        return Standing(place)
    if not is_learners(env, place):
        others = f", since the `{place.name}` there belongs to somebody else"
        return Standing(_free(folder, ENVIRONMENT_NAMES[1]), because=others)
    return Standing(place, aside=(move_aside(place),), because=_instead(env, place, examined))


def working(
    env: Environment,
    versions: str,
    requirements: Sequence[str] = (),
    examined: Interpreter | None = None,
) -> Iterator[Interpreter]:
    """The environments of the course's folders that answer, are of these versions, and have these
    requirements or may be filled; nearest first.
    """
    course = course_folders(env.folder, env.variables)
    named = [Path(env.located.beside)] if env.located.beside else []
    named += [place for _, place in uv_named(course, env.variables)]
    held = (folder / name for folder in course for name in ENVIRONMENT_NAMES if can_hold(folder))
    for place in (*named, *held):
        there = find(env, place, examined)
        if there is None or not allows(versions, there.version):
            continue
        if not lacking(there, requirements) or may_write(
            Path(there.paths.get("purelib", there.prefix))
        ):
            yield there
    for place in otherwise_named(course, env.variables):
        there = find(env, place, examined)
        # What the learner has called otherwise is used as it is, and nothing is put into it.
        if there and allows(versions, there.version) and not lacking(there, requirements):
            yield there


def is_here(env: Environment, python: Interpreter) -> bool:
    """Whether it is an environment of the course's folders."""
    course = course_folders(env.folder, env.variables)
    return any(python.is_at(folder / name) for folder in course for name in ENVIRONMENT_NAMES)


def lacking(python: Interpreter, requirements: Sequence[str]) -> list[str]:
    """Those that are not installed in it, by its metadata; all where an option is among them."""
    if any(word.startswith("-") for word in requirements):
        return list(requirements)
    return [word for word in requirements if not has(python, word)]


def _instead(env: Environment, place: Path, examined: Interpreter) -> str:
    """What is said of what is moved aside; nothing of what was examined, of which all else speaks."""
    if places.lies_in(env.located.command[0], place) or examined.is_at(place):
        return ""
    there = find(env, place, examined)
    if there is None:
        return ", in place of the one there, which does not work"
    if allows(pythons_asked_for(env), there.version):
        return ", in place of the one there, into which you may not write"
    return f", in place of the one that has Python {there.version}, which the course is not for"


def _at_home(env: Environment, course: Path, examined: Interpreter) -> Standing:
    """Where no folder of the course's can hold an environment, or be written into by the learner."""
    homes = (env.variables.get(name) for name in ("HOME", "USERPROFILE"))
    home = next((Path(folder) for folder in homes if folder and may_write(Path(folder))), None)
    if home is None:
        return Standing(course / ENVIRONMENT_NAMES[0])
    name = f"{course.name.replace(separator(), '-')}-{ENVIRONMENT_NAMES[1]}"
    there = find(env, home / name, examined)
    if there is not None and allows(pythons_asked_for(env), there.version):
        return Standing(home / name, there)
    because = f"you may not write into {course}" if can_hold(course) else _splits(course)
    return Standing(_free(home, name), because=f", since {because}")


def can_hold(folder: str | Path) -> bool:
    """Whether an environment there could be put on PATH: venv makes none where it could not."""
    return separator() not in str(folder)


def _splits(course: Path) -> str:
    return f"no environment works below a folder with `{separator()}` in its name, as in {course}: PATH is split there"


def _free(folder: Path, name: str) -> Path:
    """A place in this folder that nothing has."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(folder / each for each in names if not os.path.lexists(folder / each))


def python_in(place: Path, kind: str = "venv") -> Path:
    """Where the Python of an environment is."""
    if kind == "conda":
        return conda.python_in(place)
    return place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def find(env: Environment, place: Path, examined: Interpreter | None) -> Interpreter | None:
    """The environment at this place, where it answers; None where it is what was examined, or the
    one that was to be examined and gave no answer.
    """
    inside = python_in(place)
    asked = places.lies_in(env.located.command[0], place)
    in_question = asked or (examined is not None and examined.is_at(place))
    if in_question or not os.path.exists(inside):
        return None
    answer = question(env, (str(inside),))
    return answer if isinstance(answer, Interpreter) and answer.is_at(place) else None


def base_outside(place: Path, python: Interpreter) -> str:
    """The command of this Python; of the one that it was made from, where it stands at the place
    itself and so will not be there any more.
    """
    if not python.is_at(place):
        return python.executable
    version = ".".join(map(str, python.version_info))
    names = ("python.exe",) if sys.platform == "win32" else (f"bin/python{version}", "bin/python3")
    bases = [Path(python.base_prefix, name) for name in names]
    base = next((base for base in bases if os.path.exists(base)), bases[0])
    return str(base)
