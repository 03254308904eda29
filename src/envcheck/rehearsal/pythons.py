"""Which Pythons a rehearsal is for: those of this machine that the course allows, or those asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from envcheck.errors import UsageProblem
from envcheck.processes.process import Processes
from envcheck.rehearsal.matrix import Column
from envcheck.target.locate import locate
from envcheck.target.python_homes import pythons_of

# Older ones are past their end, and what a notebook needs is no longer made for them.
MINOR_VERSIONS = range(9, 16)
VERSION = "import platform, venv, ensurepip; print(platform.python_version())"
ANSWER = 20  # seconds for a Python to say its version


def columns(
    asked: Sequence[str], allowed: str, variables: Mapping[str, str], processes: Processes
) -> tuple[Column, ...]:
    """The Pythons, the oldest first: those that are asked for, else the newest release of each
    version. `allowed` is a PEP 440 specifier, empty for any. Raises UsageProblem.
    """
    if asked:
        return tuple(dict.fromkeys(_named(word, variables, processes) for word in asked))
    there = [
        column
        for minor in MINOR_VERSIONS
        if _may_be(minor, allowed) and (column := _of(minor, variables, processes))
        if is_allowed(column, allowed)
    ]
    if not there:
        wanted = f" that the course allows ({allowed})" if allowed else ""
        raise UsageProblem(
            f"no Python{wanted} that can make environments was found on this machine; "
            "name one: --python PATH"
        )
    return tuple(there)


def is_allowed(column: Column, allowed: str) -> bool:
    """Whether the course takes this version."""
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(allowed).contains(column.version, prereleases=True)


def _named(word: str, variables: Mapping[str, str], processes: Processes) -> Column:
    """A path, a command or a version. Raises UsageProblem where none answers."""
    minor = word.removeprefix("3.")
    column = _of(int(minor), variables, processes) if minor.isdecimal() else None
    if column is None:
        located = locate(word, variables, Path.cwd())
        column = _answering(located.command[0], variables, processes)
    if column is None:
        raise UsageProblem(f"--python {word}: no such Python, that can make environments, answers")
    return column


def _of(minor: int, variables: Mapping[str, str], processes: Processes) -> Column | None:
    """The first one of this version that answers."""
    for place in pythons_of(minor, variables):
        if os.access(place, os.X_OK):
            column = _answering(str(place), variables, processes)
            if column is not None and column.version.startswith(f"3.{minor}."):
                return column
    return None


def _answering(
    executable: str, variables: Mapping[str, str], processes: Processes
) -> Column | None:
    """None for one that does not start, or lacks the part that makes environments."""
    finished = processes.run(
        [executable, "-I", "-c", VERSION], env=variables, cwd=Path.cwd(), timeout=ANSWER
    )
    words = finished.stdout.split()
    return Column(words[0], executable) if finished.ok and words else None


def _may_be(minor: int, allowed: str) -> bool:
    """Whether any release of that version is among the allowed ones."""
    return any(is_allowed(Column(f"3.{minor}.{micro}"), allowed) for micro in range(30))
