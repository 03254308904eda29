"""A step that was begun and never came to its end: the program was killed, or the power went. What
a record says of it is what stood there before; what takes it back is found when it is taken back.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from envcheck import places
from envcheck.environment import Environment
from envcheck.fixes import grammar, snapshot
from envcheck.fixes.backup import SUFFIX, move_aside
from envcheck.fixes.grammar import Packages
from envcheck.fixes.snapshot import Snapshot
from envcheck.model import Rename, Run, Step
from envcheck.target.conda import Record
from envcheck.target.interpreter import Distribution, Interpreter


@dataclass(frozen=True)
class Unfinished:
    """`argv` is the command that was begun, empty for a step without one. `renames` take back what
    the other steps do, as far as it was done. `place` is the Python whose environment the command
    worked in, empty where it was none; `versions` are what was installed there, by name.
    """

    argv: tuple[str, ...] = ()
    renames: tuple[Rename, ...] = ()
    entries: frozenset[str] = frozenset()
    place: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    inside: frozenset[str] = frozenset()
    conda: frozenset[str] = frozenset()

    @property
    def asked(self) -> tuple[Packages, ...]:
        """Which environment must be found on this machine."""
        return (Packages("pip", self.place, False, ()),) if self.place else ()


def begun(step: Step, undo: Sequence[Step], before: Snapshot | None) -> Unfinished:
    """What to write down before a step is begun: `undo` is what will take it back, where that is
    known by then.
    """
    renames = tuple(rename for rename in undo if isinstance(rename, Rename))
    argv = step.argv if isinstance(step, Run) else ()
    if before is None:
        return Unfinished(argv, renames)
    python = before.python
    versions = snapshot.versions(python).items() if python else ()
    return Unfinished(
        argv,
        renames,
        before.entries,
        before.command if python else "",
        tuple(versions),
        before.inside,
        frozenset(record.spec for record in before.conda),
    )


def document(unfinished: Unfinished) -> dict[str, Any]:
    """What stands in a record of it, as values of JSON; `read` is the way back."""
    return {
        "argv": list(unfinished.argv),
        "renames": [[rename.source, rename.to] for rename in unfinished.renames],
        "entries": sorted(unfinished.entries),
        "place": unfinished.place,
        "versions": dict(unfinished.versions),
        "inside": sorted(unfinished.inside),
        "conda": sorted(unfinished.conda),
    }


def read(row: Mapping[str, Any]) -> Unfinished:
    """What stands in a record. Raises KeyError, TypeError or ValueError for what no fix of ours
    has written.
    """
    renames = [grammar.parse({"do": "rename", "from": a, "to": b}) for a, b in row["renames"]]
    versions = {
        grammar.text(name): grammar.text(version) for name, version in row["versions"].items()
    }
    for name, version in versions.items():
        if not grammar.is_version(f"{name}=={version}"):
            raise ValueError(name)
    specs = frozenset(map(grammar.text, row["conda"]))
    if not all(map(grammar.is_version, specs)):
        raise ValueError(specs)
    return Unfinished(
        tuple(map(grammar.text, row["argv"])),
        tuple(step for step in renames if isinstance(step, Rename)),
        frozenset(map(grammar.text, row["entries"])),
        grammar.text(row["place"]) if row["place"] else "",
        tuple(versions.items()),
        frozenset(map(grammar.text, row["inside"])),
        specs,
    )


def find_undo(env: Environment, unfinished: Unfinished) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """What takes back as much of the step as was done, on this machine as it is now, and the
    folders that go where they are empty then.
    """
    if not unfinished.argv:
        return _still_to_do(unfinished.renames), ()
    command = env.located.command[0] if unfinished.place else ""
    now = snapshot.take(env, command, unfinished.argv)
    was_there = any(places.lies_in(entry, now.over) for entry in unfinished.entries - {now.over})
    over = now.over if now.over and was_there else ""
    python = _as_it_was(now.python, unfinished) if now.python and unfinished.place else None
    records = _records(unfinished, now)
    before = Snapshot(
        now.command, unfinished.entries, python, unfinished.inside, records, over=over
    )
    steps = snapshot.find_undo_steps(env, before, unfinished.argv, half=True)
    return steps, new_folders(unfinished, now.inside)


def _records(unfinished: Unfinished, now: Snapshot) -> frozenset[Record]:
    """What conda had there: as it has noted it, where that is still there."""
    there = {record.spec: record for record in now.conda}
    return frozenset(there.get(spec) or Record(*spec.split("=", 2)) for spec in unfinished.conda)


def new_folders(unfinished: Unfinished, inside: Collection[str]) -> tuple[str, ...]:
    """The uppermost folders in the environment that were not there before the step; `inside` is
    what lies in it now.
    """
    if not unfinished.place:
        return ()
    new = {path for path in inside if path not in unfinished.inside and os.path.isdir(path)}
    return tuple(sorted(path for path in new if os.path.dirname(path) not in new))  # noqa: PTH120


def _still_to_do(renames: Sequence[Rename]) -> tuple[Step, ...]:
    """Those whose thing is where the step has put it. What stands in the place of something that
    was moved aside is the step's own, and is moved aside in turn.
    """
    freed: set[str] = set()
    steps: list[Step] = []
    for rename in renames:
        taken = os.path.lexists(rename.to) and rename.to not in freed
        if not os.path.lexists(rename.source) or (taken and SUFFIX not in rename.source):
            continue
        steps += [move_aside(rename.to)] if taken else []
        steps.append(rename)
        freed.add(rename.source)
    return tuple(steps)


def _as_it_was(now: Interpreter, unfinished: Unfinished) -> Interpreter:
    rows = [Distribution(name, version, "", "") for name, version in unfinished.versions]
    return replace(now, distributions=tuple(rows))
