"""VS Code's settings for the course folder: the Python that they name is another one, or
is gone.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck import Diagnosis, Environment, foreign_file, warn
from envcheck.fixes.advice import tell
from envcheck.shape import read_value
from envcheck.target.course_folder import course_folders
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck_checks.commands.facts import prefix_of
from envcheck_checks.python.codes import VSCODE_OTHER_PYTHON

SETTINGS = Path(".vscode", "settings.json")
COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
NAMED = re.compile(r'"python\.(?:defaultInterpreterPath|pythonPath)"\s*:\s*("(?:\\.|[^"\\])*")')
VARIABLE = re.compile(r"\$\{env:(\w+)\}")


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """Only what is written there: a Python that was picked in VS Code by hand is kept elsewhere,
    and wins.
    """
    for folder in course_folders(env.folder, env.variables):
        named = _named(folder / SETTINGS)
        path = _path(env, folder, named)
        if path is None:
            continue
        there = next(
            (
                candidate
                for candidate in (path, path.with_name(f"{path.name}.exe"))
                if os.path.exists(candidate)
            ),
            None,
        )
        prefix = (
            None if there is None else str(there) if os.path.isdir(there) else prefix_of(str(there))
        )
        if there is not None and (prefix is None or python.is_at(prefix)):
            return []
        return [_another(python, folder / SETTINGS, named, gone=there is None)]
    return []


def _named(file: Path) -> str:
    try:
        text = foreign_file.text(file)
        hit = NAMED.search(COMMENT.sub(lambda match: match[1] or "", text))
    except OSError:
        return ""
    return str(read_value(hit[1], str) or "") if hit else ""


def _path(env: Environment, folder: Path, named: str) -> Path | None:
    """The file or folder that is meant; None where only VS Code could tell, as for a bare name."""
    home = str(home_of(env.variables))
    text = named.replace("${workspaceFolder}", str(folder)).replace("${userHome}", home)
    text = VARIABLE.sub(lambda match: env.variables.get(match[1], match[0]), text)
    text = home + text[1:] if text.startswith(("~/", "~\\")) else text
    if "${" in text or not {"/", "\\"} & set(text):
        return None
    return folder / text


def _another(python: Interpreter, file: Path, named: str, *, gone: bool) -> Diagnosis:
    what = (
        "a Python that is not there" if gone else "a different Python than the one that was checked"
    )
    return warn(
        VSCODE_OTHER_PYTHON,
        f"VS Code's settings for this folder name {what}: what works in the terminal may fail in VS Code",
        tell(
            "choose the course's Python in VS Code",
            f"Open the command palette (Ctrl+Shift+P, on a Mac Cmd+Shift+P), type `Python: Select Interpreter`, and enter {python.executable}",
            "In a notebook, click `Select Kernel` at the top right and take the same one.",
        ),
        found=named,
        wanted=python.executable,
        looked_in=str(file),
    )
