"""What stood where a command works, before it began: enough to name the steps that take back what
it did.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.environment import Environment
from envcheck.fixes import advice, own_work
from envcheck.fixes.backup import move_aside
from envcheck.model import Run, Step
from envcheck.target import managers
from envcheck.target.belongings import is_learners, written_over
from envcheck.target.conda import Record, records
from envcheck.target.course_folder import course_folders
from envcheck.target.interpreter import Interpreter, question

# Of an environment: its programs, its packages, its kernelspecs (share/jupyter/kernels/NAME)
DEPTH = 4
OVER_DEPTH = 2  # of one that venv writes once more: its settings and its scripts
HARMLESS = ("__pycache__", ".pyc", ".lock")  # what Python and uv leave wherever they have been


@dataclass(frozen=True)
class Snapshot:
    """The course folder's entries, and an environment's: `python` is None where it did not answer
    or is no environment. `over` is the environment that the command writes once more; its entries
    count, whether or not its Python knows where it is.
    """

    command: str
    entries: frozenset[str]
    python: Interpreter | None
    inside: frozenset[str]
    conda: frozenset[Record]
    folders: frozenset[str] = frozenset()
    over: str = ""


def take(env: Environment, command: str, argv: Sequence[str] = ()) -> Snapshot:
    """What is there now, in the course folder and in the environment of the Python `command`, before
    `argv` is run.
    """
    answer = question(env, (command,))
    python = answer if isinstance(answer, Interpreter) and answer.is_environment else None
    inside = frozenset(_tree(python.prefix, DEPTH)) if python else frozenset()
    over = written_over(argv)
    return Snapshot(
        command,
        frozenset(_entries(env, over)),
        python,
        inside,
        frozenset(records(python.prefix)) if python else frozenset(),
        frozenset(_folders(python.prefix)) if python else frozenset(),
        over,
    )


def new_folders(before: Snapshot) -> tuple[str, ...]:
    """The uppermost folders that are new in the environment since then."""
    if before.python is None:
        return ()
    new = set(_folders(before.python.prefix)) - before.folders
    return tuple(sorted(folder for folder in new if str(Path(folder).parent) not in new))


def remove_empty(env: Environment, folders: Iterable[str]) -> None:
    """Those of these folders, and below them, in which nothing is left: of an environment, and the
    learner's. Nothing that holds a file goes, but for bytecode: what Python was writing when a fix was
    killed bears a name that no program knows of.
    """
    for folder in folders:
        if is_learners(env, folder) and not os.path.islink(folder):
            for below in sorted(_folders(folder), key=len, reverse=True):
                with contextlib.suppress(OSError):
                    _remove_bytecode(below)
                    os.rmdir(below)  # noqa: PTH106
            with contextlib.suppress(OSError):
                os.rmdir(folder)  # noqa: PTH106


def _remove_bytecode(folder: str) -> None:
    """Raises OSError."""
    path = Path(folder)
    for file in path.iterdir() if path.name == "__pycache__" else ():
        # `x.cpython-311.pyc.140012` is half of one
        if ".pyc" in file.suffixes and not os.path.isdir(file):
            file.unlink()


def find_undo_steps(
    env: Environment, before: Snapshot, argv: tuple[str, ...], *, half: bool = False
) -> tuple[Step, ...]:
    """The steps that bring back what was there, first things first. Of what is new only the
    command's own work is meant; `half` says that it was ended half-way.
    """
    new = {
        entry
        for entry in set(_entries(env, before.over)) - before.entries
        if own_work.names_place(argv, entry) or own_work.of_venv(entry, before.over)
    }
    top = sorted(path for path in new if os.path.dirname(path) not in new)  # noqa: PTH120
    moved: tuple[Step, ...] = tuple(move_aside(place) for place in top)
    if before.python is None or _lies_below(before.command, top):
        return moved
    after = take(env, before.command)
    if after.conda != before.conda and own_work.is_condas(argv):
        prefix = before.python.prefix
        back = managers.conda_back(argv[0], prefix, before.conda, after.conda)
        return (*moved, *map(Run, back))
    if after.python is None:
        return moved
    others = frozenset() if half else _of_others(before.python, after.python, argv)
    inside = after.inside - before.inside
    made = {path for path in inside if own_work.of_kept(argv, after.python, path, half=half)}
    packages = _distributions(env, before.python, after.python, others)
    return (*moved, *packages, *map(move_aside, _leftovers(made, after.python)))


def _of_others(before: Interpreter, after: Interpreter, argv: Sequence[str]) -> frozenset[str]:
    """The distributions that have come or changed meanwhile, and not by this command."""
    old, new = versions(before), versions(after)
    differing = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    return frozenset(differing - own_work.distributions(argv, after, differing))


def _distributions(
    env: Environment, before: Interpreter, after: Interpreter, others: frozenset[str]
) -> tuple[Step, ...]:
    old, new = (
        {name: version for name, version in versions(python).items() if name not in others}
        for python in (before, after)
    )
    # Half of one cannot be taken out by name: its files are moved aside, as nobody's.
    whole = {distribution.name for distribution in after.distributions if distribution.has_record}
    added = sorted((new.keys() - old.keys()) & whole)
    changed = [
        f"{name}=={version}" for name, version in sorted(old.items()) if new.get(name) != version
    ]
    return tuple(Run(argv) for argv in advice.restore(env, after, added, changed))


def versions(python: Interpreter) -> dict[str, str]:
    """The version of each distribution, by its name; one without a version is left out."""
    return {
        distribution.name: distribution.version
        for distribution in python.distributions
        if distribution.version
    }


def _leftovers(new: set[str], python: Interpreter) -> list[str]:
    """What of this no distribution owns: half of a package, a kernelspec."""
    top = [path for path in sorted(new) if str(Path(path).parent) not in new]
    of_worth = [path for path in top if not path.endswith(HARMLESS)]
    owned = _and_their_folders(_recorded(python)) if of_worth else set()
    return [path for path in of_worth if path not in owned]


def _and_their_folders(files: Iterable[str]) -> set[str]:
    """These files and every folder in which one lies. Twenty thousand of them lie in two thousand
    folders, and each is gone up from once.
    """
    places: set[str] = set()
    for file in files:
        place = file
        while place not in places:
            places.add(place)
            place = os.path.dirname(place)  # noqa: PTH120
    return places


def _recorded(python: Interpreter) -> Iterator[str]:
    """Every file that an installed distribution says is its own."""
    for distribution in python.distributions:
        try:
            rows = foreign_file.text(
                Path(distribution.folder, distribution.entry, "RECORD")
            ).splitlines()
        except OSError:
            continue
        for row in rows:
            listed = row.split(",")[0].strip('"')
            yield os.path.normpath(os.path.join(distribution.folder, listed))  # noqa: PTH118


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


def _folders(folder: str) -> Iterator[str]:
    """Every folder below this one, so deep it goes; links are not followed."""
    for place, names, _ in os.walk(folder):
        yield from (os.path.join(place, name) for name in names)  # noqa: PTH118


def _entries(env: Environment, over: str) -> Iterator[str]:
    for folder in {env.folder, course_folders(env.folder, env.variables)[-1]}:
        yield from _tree(str(folder), 1)
    yield from _tree(over, OVER_DEPTH) if over else ()


def _lies_below(path: str, folders: Iterable[str]) -> bool:
    return any(places.lies_in(path, folder) for folder in folders)
