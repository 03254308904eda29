"""What stood where a command works, before it began: enough to name the steps that take back what it did."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from envcheck.environment import Environment
from envcheck.fixes import advice
from envcheck.model import Rename, Run, Step
from envcheck.target import managers
from envcheck.target.interpreter import Interpreter, question
from envcheck.target.locate import course_folders

DEPTH = (
    4  # of an environment: its programs, its packages, its kernelspecs (share/jupyter/kernels/NAME)
)
HARMLESS = ("__pycache__", ".pyc", ".lock")  # what Python and uv leave wherever they have been


@dataclass(frozen=True)
class Snapshot:
    """The course folder's entries, and an environment's: `python` is None where it did not answer or is no environment."""

    command: str
    entries: frozenset[str]
    python: Interpreter | None
    inside: frozenset[str]
    conda: frozenset[str]


def take(env: Environment, command: str) -> Snapshot:
    found = question(env, (command,))
    python = found if isinstance(found, Interpreter) and found.is_environment else None
    inside = frozenset(_tree(python.prefix, DEPTH)) if python else frozenset()
    return Snapshot(
        command,
        frozenset(_entries(env)),
        python,
        inside,
        managers.conda_packages(python.prefix if python else ""),
    )


def way_back(env: Environment, before: Snapshot, argv: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps that bring back what was there, first things first; also after a command that was ended half-way."""
    made = sorted(set(_entries(env)) - before.entries)
    moved: tuple[Step, ...] = tuple(Rename(place, backup_name(place)) for place in made)
    if before.python is None or _below(before.command, made):
        return moved
    after = take(env, before.command)
    if after.conda != before.conda:
        return (
            *moved,
            *map(
                Run, managers.conda_back(argv[0], before.python.prefix, before.conda, after.conda)
            ),
        )
    return (*moved, *_distributions(env, before.python, after.python), *_leftovers(before, after))


def _distributions(
    env: Environment, before: Interpreter, after: Interpreter | None
) -> tuple[Step, ...]:
    if after is None:
        return ()
    old = {one.name: one.version for one in before.distributions if one.version}
    new = {one.name: one.version for one in after.distributions if one.version}
    added = sorted(new.keys() - old.keys())
    changed = [
        f"{name}=={version}" for name, version in sorted(old.items()) if new.get(name) != version
    ]
    return tuple(Run(argv) for argv in advice.restore(env, after, added, changed))


def _leftovers(before: Snapshot, after: Snapshot) -> tuple[Step, ...]:
    """What is new and no distribution owns: half of a package, a kernelspec. It is moved aside."""
    if after.python is None:
        return ()
    owned = {
        folder
        for file in _recorded(after.python)
        for folder in (file, *map(str, Path(file).parents))
    }
    new = sorted(after.inside - before.inside)
    top = [one for one in new if str(Path(one).parent) not in after.inside - before.inside]
    strange = (one for one in top if one not in owned and not one.endswith(HARMLESS))
    return tuple(Rename(one, backup_name(one)) for one in strange)


def _recorded(python: Interpreter) -> Iterator[str]:
    """Every file that an installed distribution says is its own."""
    for one in python.distributions:
        try:
            rows = (
                Path(one.folder, one.entry, "RECORD")
                .read_text(encoding="utf-8", errors="replace")
                .splitlines()
            )
        except OSError:
            continue
        for row in rows:
            listed = row.split(",")[0].strip('"')
            yield os.path.normpath(os.path.join(one.folder, listed))  # noqa: PTH118


def _tree(folder: str, depth: int) -> Iterator[str]:
    """Everything below a folder, so many levels deep; links are not followed."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.path
                if depth > 1 and entry.is_dir(follow_symlinks=False):
                    yield from _tree(entry.path, depth - 1)
    except OSError:
        return


def _entries(env: Environment) -> Iterator[str]:
    for folder in {env.folder, course_folders(env.folder)[-1]}:
        yield from _tree(str(folder), 1)


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder + os.sep) for folder in folders)


def backup_name(path: str | Path) -> str:
    """NAME.envcheck-backup-N, the first N that is free."""
    return next(
        name
        for number in range(1, 10_000)
        if not os.path.lexists(name := f"{path}.envcheck-backup-{number}")
    )
