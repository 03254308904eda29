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
