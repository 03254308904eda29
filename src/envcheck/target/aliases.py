"""What a name stands for in the learner's shell: an alias or a function goes before PATH, and before any
environment that is activated. It is read where it is kept, since only a shell that a person types in
knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck import places
from envcheck.target import shells
from envcheck.target.home import home_of
from envcheck.target.startup_files import fish_functions, lines

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
FUNCTION_AWAY = {"posix": "unset -f {}", "powershell": "Remove-Item Function:{}"}
REMOVED = re.compile(r"^[ \t]*(?:unalias|unset\s+-f)\s+(?P<name>[\w.-]+)")
# `python() {`, `function python {`, fish's `function python --wraps python`, and what follows on that line
FUNCTION = re.compile(
    r"^[ \t]*(?:function\s+(?P<name>[\w.-]+)(?:\s*\(\s*\))?|(?P<plain>[\w.-]+)\s*\(\s*\))"
    r"(?:\s+-[^;{]*)?\s*[{;]?(?P<rest>.*)",
    re.IGNORECASE,
)
# What only leads to the program: `command python3`, `exec python3`, PowerShell's `& python`
LEADS = re.compile(r"^(?:(?:command|exec|return|builtin)\s+|&\s*)")
MOST_LINES = 8  # of a function that only starts a program
SET_ALIAS = re.compile(
    r"""^[ \t]*(?:Set|New)-Alias\s+(?:-Name\s+)?(?P<name>[\w.-]+)\s+(?:-Value\s+)?(?P<value>'[^']*'|"[^"]*"|\S+)""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Alias:
    """`words` is what the name stands for, `place` the file and the line that say so. `is_function`:
    it is one of the shell's that starts this program and does no more.
    """

    name: str
    words: str
    place: str
    is_function: bool = False


def aliases(variables: Mapping[str, str]) -> dict[str, Alias]:
    """Those of the learner's own shell, by name; of two of one name the last is in force."""
    in_force: dict[str, Alias] = {}
    rows = list(_lines(variables))
    for index, (place, line) in enumerate(rows):
        if removed := REMOVED.match(line):
            in_force.pop(removed["name"], None)
        elif told := ALIAS.match(line) or SET_ALIAS.match(line):
            words = told["value"].strip("'\"")
            in_force[told["name"]] = Alias(told["name"], words, place)
        elif begun := FUNCTION.match(line):
            name = begun["name"] or begun["plain"]
            body = [begun["rest"], *(text for _, text in rows[index + 1 : index + MOST_LINES])]
            in_force.pop(name, None)
            if words := _only_command(body):
                in_force[name] = Alias(name, words, place, is_function=True)
    return in_force


def line_without(variables: Mapping[str, str], alias: Alias) -> str:
    """The line that takes an alias or a function out of the learner's terminal."""
    shell = shells.learners(variables)
    lines_away = {**AWAY, **FUNCTION_AWAY} if alias.is_function else AWAY
    return lines_away.get(shell, lines_away["posix"]).format(alias.name)


def _only_command(body: Sequence[str]) -> str:
    """The command that a function consists of; empty where it has more than one, or does not end."""
    commands: list[str] = []
    for line in body:
        for part in re.split(r";|(?<=\s)(?=}\s*$)", line.partition(" #")[0]):
            command = part.strip().lstrip("{").strip()
            if command in ("}", "end"):
                return LEADS.sub("", commands[0]) if len(commands) == 1 else ""
            if command and not command.startswith("#"):
                commands.append(command)
    return ""


def _lines(variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The machine's before the learner's own. What these files read in turn may have any name."""
    own = READ_BY.get(_shell(variables), ())
    others = tuple(name for names in READ_BY.values() for name in names if name not in own)
    functions = fish_functions(variables) if own == READ_BY["fish"] else ()
    every = (*filter(_is_loaded, functions), *lines(variables))
    rows = sorted(every, key=lambda row: places.lies_in(row[0], home_of(variables)))
    for file, place, line in rows if own else ():
        if file.name.endswith(own) or not file.name.endswith(others):
            yield place, line


def _is_loaded(row: tuple[Path, str, str]) -> bool:
    """fish loads the file of the name that is typed, so one of another name in it does not count."""
    defined = FUNCTION.match(row[2])
    return defined is None or (defined["name"] or defined["plain"]) == row[0].stem


def _shell(variables: Mapping[str, str]) -> str:
    kind = shells.learners(variables)
    return Path(variables.get("SHELL", "")).name if kind == "posix" else kind
