"""How the environment is called that learners are told to make with conda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from envcheck.adopt.needed.course import Reading
from envcheck.declared.declared import EnvironmentName

CONDA = r"\b(?:conda|mamba|micromamba)[ \t]+"
NAME = r"[\"']?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})"
MADE = re.compile(rf"{CONDA}(?:env[ \t]+)?create\b[^\n`]*?[ \t](?:-n|--name)[ =]+{NAME}")
ACTIVATED = re.compile(rf"{CONDA}activate[ \t]+{NAME}")
SET_UP = re.compile(r"(?:readme|install\w*|set-?up)\.(?:md|rst|txt)", re.IGNORECASE)
BASE = {"base", "root"}


@dataclass(frozen=True)
class Told:
    """A name that a text has learners type; `is_made`: it is the one that they make."""

    name: str
    file: str
    line: int
    is_made: bool


def environment(reading: Reading) -> EnvironmentName | None:
    """The one that every learner has: the only list for all makes it, and the set-up text has them go there;
    None where there are two ways, or the two do not agree.
    """
    names = [name for listing in reading.lists.of_all for name in listing.makes]
    told = {row.name for row in _told(reading)}
    others = reading.lists.alternatives or reading.lists.variants
    alone = len(reading.lists.of_all) == 1 and len(names) == 1 and not others
    return names[0] if alone and told == {names[0].name} else None


def unmade(reading: Reading) -> Iterator[tuple[Told, EnvironmentName]]:
    """Names that learners are told to activate, and that neither the text nor a list makes."""
    lists = reading.lists
    every = (*lists.of_all, *lists.alternatives, *lists.variants)
    makes = [name for listing in every for name in listing.makes]
    told = [*_told(reading)]
    made = {row.name for row in told if row.is_made} | {name.name for name in makes}
    rows = {row.name: row for row in reversed(told) if row.name not in made}
    yield from ((row, makes[0]) for row in rows.values() if makes)


def _told(reading: Reading) -> Iterator[Told]:
    for file in reading.tree.files:
        if "/" not in file and SET_UP.fullmatch(file):
            text = reading.tree.text(file)
            for pattern in (MADE, ACTIVATED):
                for match in pattern.finditer(text):
                    name = match["name"].rstrip(".")
                    if name not in BASE:
                        line = text.count("\n", 0, match.start()) + 1
                        yield Told(name, file, line, pattern is MADE)
