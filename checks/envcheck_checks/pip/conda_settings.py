"""A settings file that conda cannot read: it then activates and installs nothing."""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.backup import move_aside
from envcheck.sentences import listed
from envcheck.target import conda
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck_checks.pip.codes import CONDA_SETTINGS_BROKEN

SAYS_SETTINGS = re.compile(
    r"ConfigurationLoadError|Unable to load configuration|_load_search_path|(Scanner|Parser|Reader)Error",
)


def diagnose(env: Environment, python: Interpreter, names: list[str]) -> Diagnosis | None:
    """Asked when something is missing, and conda has a settings file."""
    command = conda.find_command(env.variables, python.prefix)
    files = [file for file in _files(env, python, command) if os.path.isfile(file)]
    if not command or not files:
        return None
    ran = env.run([command, "info"], timeout=30, low_priority=True)
    output = ran.stdout + ran.stderr
    if ran.ok or not SAYS_SETTINGS.search(output):
        return None
    file = next((path for path in files if str(path) in output), files[0])
    reason = [line.strip() for line in output.splitlines() if SAYS_SETTINGS.search(line)]
    return fail(
        CONDA_SETTINGS_BROKEN,
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} not found here: conda cannot read its settings file {file.name}, and then it activates and installs nothing",
        Fix("move that file aside: conda goes on with its own settings", (move_aside(str(file)),)),
        found=reason[-1][:200],
        wanted="a settings file that conda can read (YAML)",
        looked_in=str(file),
    )


def _files(env: Environment, python: Interpreter, command: str) -> list[Path]:
    base = Path(os.path.realpath(command)).parent.parent if command else None
    home = home_of(env.variables)
    named = env.variables.get("CONDARC")
    return [
        *([Path(named)] if named else []),
        home / ".condarc",
        home / ".conda" / ".condarc",
        *([base / ".condarc"] if base else []),
        Path(python.prefix, ".condarc"),
    ]
