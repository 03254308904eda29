"""A new terminal of the learner's, after a fix: a login shell that reads its start-up files, in the
same folder. What a run or the old terminal had set is gone.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stories.conda.place import activation_of, hook_lines
from tests.stories.machine import ENVCHECK, Machine, Seen

# What `activate` sets, in one terminal
ACTIVATED = re.compile(r"VIRTUAL_ENV|VIRTUAL_ENV_PROMPT|CONDA_(PREFIX|DEFAULT_ENV|SHLVL)")
# Given to every program by the system, before a shell reads anything, or by the tests
GIVEN = ("HOME", "SHELL", "TERM", "COLUMNS", "PIP_FIND_LINKS", "PIP_COMPILE")
# The shell, what starts it as a terminal does, and the file in which it is told what is set
SHELLS = {
    "sh": (("-l",), ".profile"),
    "bash": (("-l",), ".profile"),
    "zsh": (("-l", "-i"), ".zshrc"),
    "fish": (("-l",), ".config/fish/config.fish"),
}
# Debian's: a login shell reads what other terminals read
SKELETON = 'if [ -n "$BASH_VERSION" ] && [ -f ~/.bashrc ]; then . ~/.bashrc; fi\n'
TYPED = "\nThis terminal does not know of it yet. Type it here:\n"
CHANGE = re.compile(r"change\s+(~/\S+|/\S+),\s+line\s+(\d+),\s+where\s+(\w+)\s+is\s+set")
KEEP = re.compile(r"^    (.+)\n +And for new terminals: add\s+that\s+line\s+to\s+(~/\S+)", re.MULTILINE)  # fmt: skip
INSTEAD = re.compile(r"Instead of `python` type:\n    (\S+)")
NOTED = re.compile(r"(\w+) is set in ((?:~/\S+, line \d+(?:, | and )?)+)")
IN_NO_FILE = re.compile(r"([\w ,]+) is set in no file: add the line to (~/\S+),")


@dataclass(frozen=True)
class Terminal:
    """The shell that this learner has."""

    shell: str

    @property
    def dialect(self) -> str:
        return "fish" if self.shell == "fish" else "posix"

    @property
    def file(self) -> str:
        return SHELLS[self.shell][1]

    def sets(self, name: str, value: str) -> str:
        """A line of its start-up file."""
        if value == "(unset)":
            return f"set -e {name}" if self.shell == "fish" else f"unset {name}"
        quoted = shlex.quote(value)
        return f"set -gx {name} {quoted}" if self.shell == "fish" else f"export {name}={quoted}"


def terminal_for(name: str, *, posix: bool = False) -> Terminal:
    """Each story has one of the shells that are here; all of them have a good part."""
    here = [one for one in SHELLS if shutil.which(one) and not (posix and one == "fish")]
    return Terminal(here[zlib.crc32(name.encode()) % len(here)])


def write_start_up_file(machine: Machine, terminal: Terminal) -> None:
    """What the story has set is set in every terminal of this learner's: as their start-up file has
    it, with PATH as it is without an activation.
    """
    machine.variables["SHELL"] = shutil.which(terminal.shell) or terminal.shell
    own = {"PATH": _path_before_activation(machine)} | {
        name: value
        for name, value in machine.variables.items()
        if name not in GIVEN and not name.startswith("ENVCHECK_STORY")
    }
    lines = [
        terminal.sets(name, value)
        for name, value in own.items()
        if name == "PATH" or not ACTIVATED.fullmatch(name)
    ] + hook_lines(machine, terminal.dialect)
    if machine.home.is_dir():
        text = "\n".join(lines) + "\n" + (SKELETON if terminal.file == ".profile" else "")
        machine.write(f"home/{terminal.file}", text)


def _path_before_activation(machine: Machine) -> str:
    """`python` of the story's own environment stays: this learner's start-up file names it."""
    entries = machine.environ.get("PATH", "").split(":")
    return ":".join(one for one in entries if one != f"{_active(machine)}/bin")


def _active(machine: Machine) -> str:
    """The environment that the old terminal was in; empty for none, and where the variable is left
    over.
    """
    first = machine.environ.get("PATH", "").partition(":")[0]
    named = (machine.variables.get(name, "") for name in ("VIRTUAL_ENV", "CONDA_PREFIX"))
    return next((place for place in named if place and first == f"{place}/bin"), "")


def follow(machine: Machine, said: str) -> list[str]:
    """Do what the end of `--fix` says about new terminals; the lines that activate, or the Python
    that is to be typed.
    """
    tail = said.partition(TYPED)[2]
    for file, number, name in sorted(CHANGE.findall(tail), key=lambda row: -int(row[1])):
        _take_out(machine, file, int(number), name)
    for line, file in KEEP.findall(tail):
        if re.match(r"(export |set -gx )HOME\b", line):
            machine.variables.pop("HOME")  # who logs in is given one: the files are read by it
            continue
        _add(machine, file, line)
    return [line[4:] for line in tail.splitlines() if re.match(r"    .*activate", line)]


def follow_notes(machine: Machine, diagnosis: dict[str, Any], terminal: Terminal) -> None:
    """Do what the note of a diagnosis says about start-up files."""
    note = diagnosis["note"] or ""
    lines = diagnosis["fixes"][0]["shell"][terminal.dialect]
    for _, file in IN_NO_FILE.findall(note):
        _add(machine, file, lines)
    rows = [
        (file, int(number), name)
        for name, places in NOTED.findall(note)
        for file, number in re.findall(r"(~/\S+), line (\d+)", places)
    ]
    for file, number, name in sorted(rows, key=lambda row: -row[1]):
        _take_out(machine, file, number, name)


def activating(steps: list[dict[str, Any]], terminal: Terminal) -> list[str]:
    """The line that activates what a fix of a report uses from then on."""
    python = next((step["python"] for step in steps if step["do"] == "use-python"), "")
    if not python:
        return []
    end = "activate.fish" if terminal.dialect == "fish" else "activate"
    return [f"{'source' if end.endswith('fish') else '.'} {Path(python).parent}/{end}"]


def check_in_a_new_terminal(
    machine: Machine, terminal: Terminal, typed: list[str], *words: str
) -> Seen:
    """The lines that were printed are typed there, and then the check."""
    named = ["--python", str(machine.python)] if machine.name_python and not typed else []
    typed = typed or _usual(machine, terminal)
    return in_a_new_terminal(machine, terminal, typed, "chapter2", *named, *words)


def in_a_new_terminal(
    machine: Machine, terminal: Terminal, typed: list[str], *words: str, timeout: float = 150
) -> Seen:
    """These lines are typed there, and then `envcheck` with these words."""
    line = shlex.join([*ENVCHECK, *words, "--format", "json"])
    options = SHELLS[terminal.shell][0]
    done = machine.run(
        argv=[terminal.shell, *options, "-c", "\n".join([*typed, line])],
        variables=machine.given(GIVEN),
        timeout=timeout,
    )
    machine.seen_anew = True
    assert done.stdout.startswith("{"), (typed, done.returncode, done.stdout[:300], done.stderr[-2000:])  # fmt: skip
    report = json.loads(done.stdout)
    return Seen(done.returncode, done.stdout, done.stderr, report)


def _usual(machine: Machine, terminal: Terminal) -> list[str]:
    """Who works in an environment activates it in each terminal."""
    place = _active(machine)
    if not place or not Path(place).is_dir():
        return []
    if place == machine.variables.get("CONDA_PREFIX"):
        return [activation_of(machine, place, terminal.dialect)]
    fish = terminal.dialect == "fish"
    return [f"source {place}/bin/activate.fish" if fish else f". {place}/bin/activate"]


def _add(machine: Machine, file: str, line: str) -> None:
    place = machine.home / file.removeprefix("~/")
    before = place.read_text(encoding="utf-8") if place.exists() else ""
    machine.write(str(place), f"{before}{line}\n")


def _take_out(machine: Machine, file: str, number: int, name: str) -> None:
    place = Path(file.replace("~", str(machine.home), 1))
    lines = place.read_text(encoding="utf-8").splitlines()
    assert name in lines[number - 1], (file, number, lines)
    del lines[number - 1]
    machine.write(str(place), "\n".join(lines) + "\n")
