"""Jupyter's own setting of the browser, which wins over BROWSER. Our server is started without one."""

from __future__ import annotations

import shlex

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import tell
from envcheck_checks.browser.codes import BROWSER_SETTING_BROKEN
from envcheck_checks.browser.display import Machine
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.settings.config import SERVERS


def is_set(env: Environment) -> bool:
    """Whether Jupyter asks neither BROWSER nor the desktop."""
    return _setting(env) is not None


def find_setting_of_nothing(env: Environment, machine: Machine) -> Diagnosis | None:
    """A warning where it names a program that is not there. On Windows and macOS some names have
    another meaning, and where `open_browser` is off no browser is asked for.
    """
    setting = _setting(env) if machine.is_linux else None
    if setting is None or any(
        file.get("open_browser", *SERVERS) is False for file in config_files(env)
    ):
        return None
    file, line = setting
    program = _program(line)
    if program and machine.which(program):
        return None
    return warn(
        BROWSER_SETTING_BROKEN,
        "your Jupyter config names a browser that is not there: Jupyter cannot open its page by itself",
        tell(
            "take the setting out",
            f"Open {file.path}, and take the line with `browser` out, or put `#` before it: Jupyter takes the "
            "browser of your desktop then. A path with a space in it stands in quotes of its own.",
        ),
        found=line,
        wanted="a program that is there, or no `browser`",
        looked_in=file.path,
    )


def _setting(env: Environment) -> tuple[ConfigFile, str] | None:
    """The file that wins and what it says; the last one does."""
    lines = ((file, file.get("browser", *SERVERS)) for file in reversed(config_files(env)))
    return next(((file, line) for file, line in lines if isinstance(line, str) and line), None)


def _program(line: str) -> str:
    """What Python's `webbrowser.get` takes for the program; empty where it can read none."""
    try:
        words = shlex.split(line) if "%s" in line else line.split()
    except ValueError:
        return ""
    return words[0] if words else ""
