"""pip of this Python, asked for its version: whether it runs at all."""

from __future__ import annotations

import re

from envcheck import Environment, fact
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter

VERSION_LINE = re.compile(
    r"^pip (?P<version>\S+) from (?P<folder>.+) \(python (?P<python>[\d.]+)\)", re.MULTILINE
)


@fact
def pip_itself(env: Environment) -> Finished:
    """How `python -m pip --version` ended, really run: metadata cannot tell that pip imports."""
    return env.run(
        [interpreter(env).executable, "-m", "pip", "--version"], timeout=30, low_priority=True
    )


def said_by(ran: Finished) -> str:
    """The version that pip says; empty where it does not run. The exit code does not tell: with
    PYTHONINSPECT=1 it is another after pip has answered, and with an encoding that no terminal has it
    is 0 where nobody can read what pip says.
    """
    line = VERSION_LINE.search(ran.stdout)
    return line["version"] if line else ""
