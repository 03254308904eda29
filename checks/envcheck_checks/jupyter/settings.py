"""What the learner's configuration sets an option of the server to, and a quick look whether it
could set it at all.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from envcheck import Environment, foreign_file
from envcheck.shape import ANY_OBJECT, read_object
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.jupyter.config_files import ConfigFile, config_files, files_in
from envcheck_checks.jupyter.what_is_read import what_is_read
from envcheck_checks.machine.system import listed_folders

SERVERS = ("ServerApp", "NotebookApp")
# Files that set nothing but which parts are loaded come with Jupyter itself: reading them costs
# less than asking.
MOST_JSON = 1_000_000  # bytes; whatever is larger may set anything
MOST_CODE = (
    200_000  # a tree of it is made: of a megabyte that takes seconds; Jupyter's own has 60 kB
)


@dataclass(frozen=True)
class Setting:
    """The value of an option, and the file that sets it."""

    value: object
    file: ConfigFile


def settings_of(env: Environment, option: str, *classes: str) -> list[Setting]:
    """Every place that sets an option of the server (or of these classes), the one that wins last."""
    return [
        Setting(value, file)
        for file in config_files(env)
        if (value := file.get(option, *(classes or SERVERS))) is not None
    ]


def in_force(env: Environment, option: str, *classes: str) -> Setting | None:
    """The setting that wins; None where the option keeps Jupyter's own value."""
    return next(iter(settings_of(env, option, *classes)[::-1]), None)


def may_set(env: Environment, option: str) -> bool:
    """Whether a file could set it, by their texts alone: no where none can, yes in doubt. It asks
    nobody, so it takes no time before a server is started.
    """
    if env.variables.get("JUPYTER_PLATFORM_DIRS"):
        return True
    read = what_is_read(env)
    files = (file for place in _places(env) for file in files_in(place, read))
    return any(_text_may_set(file, option) for file in files)


def _places(env: Environment) -> Iterator[Path]:
    """The folders in which a Jupyter of any age looks for settings, and a few more."""
    python, home = interpreter(env), home_of(env.variables)
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_CONFIG_DIR"):
        yield from map(Path, listed_folders(env, name))
    yield home / ".jupyter"
    yield env.folder  # a Jupyter from before October 2022
    base = python.user_base or str(home / ".local")
    for prefix in (python.prefix, python.base_prefix, base, "/usr/local", "/usr"):
        yield Path(prefix, "etc", "jupyter")
    yield Path("/etc/jupyter")
    if sys.platform == "win32":
        yield Path(env.variables.get("PROGRAMDATA", "C:\\ProgramData"), "jupyter")


def _text_may_set(file: Path, option: str) -> bool:
    try:
        if file.suffix == ".json":
            told = read_object(foreign_file.content(file, MOST_JSON).decode(), ANY_OBJECT)
            return told is None or _names(told, option)
        text = foreign_file.content(file, MOST_CODE).decode()
        return not all(_is_harmless(line, option) for line in ast.parse(text).body)
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return True


def _names(value: object, option: str) -> bool:
    if isinstance(value, dict):
        return any(key == option or _names(part, option) for key, part in value.items())
    return isinstance(value, list) and any(_names(part, option) for part in value)


def _is_harmless(line: ast.stmt, option: str) -> bool:
    """`c = get_config()`, a text, or `c.Class.other = ...` with a value that calls nothing."""
    if isinstance(line, ast.Expr):
        return isinstance(line.value, ast.Constant)
    if not isinstance(line, ast.Assign) or len(line.targets) != 1:
        return False
    target, value = line.targets[0], line.value
    if isinstance(target, ast.Name):
        return ast.unparse(value) == "get_config()"
    if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Attribute)):
        return False
    calls = any(isinstance(node, ast.Call | ast.NamedExpr) for node in ast.walk(value))
    return target.attr != option and not calls
