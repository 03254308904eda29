"""What IPython is told to load as it starts, and cannot: the kernel lives, and each start says so in the
terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from envcheck import Diagnosis, Environment, foreign_file, warn
from envcheck.fixes.advice import tell
from envcheck.processes.reason import reason
from envcheck_checks.interference.ipython_for_all import every_file
from envcheck_checks.interference.variables import unset
from envcheck_checks.kernel.answers import Start
from envcheck_checks.kernel.codes import IPYTHON_START_INCOMPLETE
from envcheck_checks.kernel.ipython_file import learners_file

# IPython.core.shellapp: what it is told and what it says of it. An entry ends where the next begins.
EXTENSION = re.compile(
    r"Error in loading extension: (\S+)(.*?)(?=^\[\w+\] |\Z)", re.DOTALL | re.MULTILINE
)
START_FILE = re.compile(r"error in handling PYTHONSTARTUP file (.+):$", re.MULTILINE)
GONE = re.compile(r"File not found: (['\"])(.+)\1$", re.MULTILINE)


def warnings(env: Environment, start: Start) -> list[Diagnosis]:
    """One for each thing that is not loaded."""
    return [
        *(_extension(env, name, output) for name, output in EXTENSION.findall(start.stderr)),
        *_start_file(start),
        *(_gone(env, name) for _, name in GONE.findall(start.stderr)),
    ]


def _extension(env: Environment, name: str, output: str) -> Diagnosis:
    return warn(
        IPYTHON_START_INCOMPLETE,
        f"the IPython extension `{name}` cannot be loaded: each kernel's start shows an error in the terminal",
        tell("take it out of that file", _take_out(env, name)),
        found=reason(output)[:300],
        wanted="extensions that this Python has",
        looked_in=_named_in(env, name) or "a running kernel",
    )


def _start_file(start: Start) -> Iterator[Diagnosis]:
    for name in START_FILE.findall(start.stderr)[:1]:
        yield warn(
            IPYTHON_START_INCOMPLETE,
            f"the file {Path(name).name}, which PYTHONSTARTUP names, raises an error each time a kernel starts",
            unset("PYTHONSTARTUP"),
            found=f"PYTHONSTARTUP={name}",
            wanted="a file that runs to its end, or PYTHONSTARTUP not set",
            looked_in=name,
        )


def _gone(env: Environment, name: str) -> Diagnosis:
    return warn(
        IPYTHON_START_INCOMPLETE,
        "a file that IPython is told to run at each start is not there, and each kernel says so in the terminal",
        tell("take it out of that file", _take_out(env, name)),
        found=f"no file {name}",
        wanted="files that are there",
        looked_in=_named_in(env, name) or "a running kernel",
    )


def _take_out(env: Environment, name: str) -> str:
    place = _named_in(env, name)
    where = f"Open {place} and" if place else "In the configuration of IPython"
    return f"{where} take `{name}` out, or put `#` before its line. Kernels that start after that no longer show the error."


def _named_in(env: Environment, name: str) -> str:
    """The learner's file that names it, and the line; empty where none of theirs does."""
    for file in every_file(env):
        if file.parent.name == "startup":
            continue
        lines = foreign_file.text_or_nothing(file).splitlines()
        for number, line in enumerate(lines, 1):
            if name in line and not line.lstrip().startswith("#"):
                return f"{learners_file(env, file)}, line {number}"
    return ""
