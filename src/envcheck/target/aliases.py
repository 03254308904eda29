"""What a name stands for in the learner's shell: an alias goes before PATH, and before any environment that
is activated. It is read where it is kept, since only a shell that a person types in knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import places
from envcheck.target import shells
from envcheck.target.home import home_of
from envcheck.target.startup_files import lines

# Which start-up files each shell reads, by their names
READ_BY = {
    "bash": (".bashrc", ".bash_profile", ".bash_login", ".bash_aliases", ".profile", "bash.bashrc", "bashrc", ".sh"),
    "zsh": (".zshrc", ".zprofile", ".zshenv", ".zlogin", "zshrc", "zprofile", "zshenv"),
    "fish": (".fish",),
    "powershell": (".ps1",),
}  # fmt: skip
# `alias python=/usr/bin/python3`; fish's has a space in place of the sign, PowerShell's a name of its own
ALIAS = re.compile(
    r"""^[ \t]*alias\s+(?:--?\w*\s+)*(?P<name>[\w.-]+)(?:=|\s+)(?P<value>'[^']*'|"[^"]*"|[^\s;#]+)"""
)
AWAY = {"posix": "unalias {}", "fish": "functions --erase {}", "powershell": "Remove-Item Alias:{}"}
REMOVED = re.compile(r"^[ \t]*unalias\s+(?P<name>[\w.-]+)")
SET_ALIAS = re.compile(
    r"""^[ \t]*(?:Set|New)-Alias\s+(?:-Name\s+)?(?P<name>[\w.-]+)\s+(?:-Value\s+)?(?P<value>'[^']*'|"[^"]*"|\S+)""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Alias:
    """`words` is what the name stands for, `place` the file and the line that say so."""

    name: str
    words: str
    place: str


def aliases(variables: Mapping[str, str]) -> dict[str, Alias]:
    """Those of the learner's own shell, by name; of two of one name the last is in force."""
    in_force: dict[str, Alias] = {}
    for place, line in _lines(variables):
        if removed := REMOVED.match(line):
            in_force.pop(removed["name"], None)
        elif told := ALIAS.match(line) or SET_ALIAS.match(line):
            words = told["value"].strip("'\"")
            in_force[told["name"]] = Alias(told["name"], words, place)
    return in_force


def line_without(variables: Mapping[str, str], name: str) -> str:
    """The line that takes an alias out of the learner's terminal."""
    return AWAY.get(shells.learners(variables), AWAY["posix"]).format(name)


def _lines(variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The machine's before the learner's own. What these files read in turn may have any name."""
    own = READ_BY.get(_shell(variables), ())
    others = tuple(name for names in READ_BY.values() for name in names if name not in own)
    rows = sorted(lines(variables), key=lambda row: places.lies_in(row[0], home_of(variables)))
    for file, place, line in rows if own else ():
        if file.name.endswith(own) or not file.name.endswith(others):
            yield place, line


def _shell(variables: Mapping[str, str]) -> str:
    kind = shells.learners(variables)
    return Path(variables.get("SHELL", "")).name if kind == "posix" else kind
