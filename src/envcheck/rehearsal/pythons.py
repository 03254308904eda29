"""Which Pythons a rehearsal is for: those of this machine that the course allows and what uv may fetch,
or those asked for.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck.declared.python_versions import LAST_DAYS
from envcheck.errors import UsageProblem
from envcheck.processes.process import Processes
from envcheck.rehearsal import words
from envcheck.rehearsal.fetching import Fetcher
from envcheck.rehearsal.matrix import Column, Missed
from envcheck.sentences import listed
from envcheck.target.locate import locate
from envcheck.target.python_homes import pythons_of

# Older ones are past their end, and what a notebook needs is no longer made for them.
MINOR_VERSIONS = range(9, 16)
VERSION = "import platform, venv, ensurepip; print(platform.python_version())"
ANSWER = 20  # seconds for a Python to say its version


@dataclass(frozen=True)
class Shelf:
    """The Pythons that are rehearsed on, the oldest first, and those that could not be had."""

    columns: tuple[Column, ...]
    missed: Missed | None = None


@dataclass(frozen=True)
class Machine:
    """Where Pythons are looked for; `fetcher` is None where there is no uv."""

    variables: Mapping[str, str]
    processes: Processes
    fetcher: Fetcher | None = None


def brought(files: Sequence[str]) -> Shelf:
    """The one Python that these files of conda's name."""
    return Shelf((Column(f"of {listed([*files])}"),))


def shelf(asked: Sequence[str], takes: Collection[str], machine: Machine) -> Shelf:
    """Those that are asked for, else the newest release of each version that any chapter takes and that
    is here, and of those that are not, what uv may fetch. `takes` are what the chapters take, as PEP
    440 specifiers, empty for any. Raises UsageProblem.
    """
    if asked:
        return Shelf(tuple(dict.fromkeys(_named(word, machine) for word in asked)))
    there = {
        minor: column
        for minor in MINOR_VERSIONS
        if _may_be(minor, takes) and (column := _of(minor, machine, takes))
    }
    wanted = [minor for minor in _to_fetch(machine.fetcher) if _may_be(minor, takes)]
    fetched, missed = _fetched(machine, [minor for minor in wanted if minor not in there])
    every = {**there, **{m: column for m, column in fetched.items() if _is_taken(column, takes)}}
    if not every:
        named = "" if "" in takes else f" that the course allows ({' or '.join(takes)})"
        reason = f"; {words.missed(missed)}" if missed else ""
        raise UsageProblem(
            f"no Python{named} that can make environments was found on this machine{reason}; "
            "name one: --python PATH"
        )
    return Shelf(tuple(every[minor] for minor in sorted(every)), missed)


def _to_fetch(fetcher: Fetcher | None) -> Iterator[int]:
    """What uv could fetch of those that are still looked after."""
    today = datetime.date.today()
    for minor in fetcher.minors() if fetcher else ():
        if minor in MINOR_VERSIONS and LAST_DAYS.get((3, minor), today) >= today:
            yield minor


def _fetched(machine: Machine, minors: Sequence[int]) -> tuple[dict[int, Column], Missed | None]:
    """The first that cannot be had stands for those after it: the network is the same for all."""
    made: dict[int, Column] = {}
    for number, minor in enumerate(minors if machine.fetcher else ()):
        column = _from_uv(machine, minor)
        if isinstance(column, str):
            return made, Missed(tuple(f"3.{each}" for each in minors[number:]), column)
        made[minor] = column
    return made, None


def _from_uv(machine: Machine, minor: int) -> Column | str:
    """Else why there is none."""
    place = machine.fetcher.fetch(minor) if machine.fetcher else ""
    if isinstance(place, str):
        return place
    return _answering(str(place), machine) or f"{place} gives no answer"


def _is_taken(column: Column, takes: Collection[str]) -> bool:
    return any(is_allowed(column, allowed) for allowed in takes)


def is_allowed(column: Column, allowed: str) -> bool:
    """Whether who takes these Pythons, a PEP 440 specifier, takes this version."""
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(allowed).contains(column.version, prereleases=True)


def _named(word: str, machine: Machine) -> Column:
    """A path, a command or a version. Raises UsageProblem where none answers."""
    minor, reason = word.removeprefix("3."), "no such Python, that can make environments, answers"
    column = _of(int(minor), machine, [""]) if minor.isdecimal() else None
    if column is None:
        located = locate(word, machine.variables, Path.cwd())
        column = _answering(located.command[0], machine)
    if column is None and minor.isdecimal() and machine.fetcher:
        fetched = _from_uv(machine, int(minor))
        if isinstance(fetched, Column):
            return fetched
        reason += f"; uv says: {fetched}"
    if column is None:
        raise UsageProblem(f"--python {word}: {reason}")
    return column


def _of(minor: int, machine: Machine, takes: Collection[str]) -> Column | None:
    """The first one of this version that answers and that somebody takes."""
    for place in pythons_of(minor, machine.variables):
        if os.access(place, os.X_OK):
            column = _answering(str(place), machine)
            if column is None or not column.version.startswith(f"3.{minor}."):
                continue
            if _is_taken(column, takes):
                return column
    return None


def _answering(executable: str, machine: Machine) -> Column | None:
    """None for one that does not start, or lacks the part that makes environments."""
    argv = [executable, "-I", "-c", VERSION]
    finished = machine.processes.run(argv, env=machine.variables, cwd=Path.cwd(), timeout=ANSWER)
    words = finished.stdout.split()
    return Column(words[0], executable) if finished.ok and words else None


def _may_be(minor: int, takes: Collection[str]) -> bool:
    """Whether any release of that version is among those that are taken."""
    return any(_is_taken(Column(f"3.{minor}.{micro}"), takes) for micro in range(30))
