"""Config files that installed packages brought: one that is broken is mended by its package, not moved."""

from __future__ import annotations

from pathlib import Path

from envcheck import Environment, Fix
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed.record_file import owner_of
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.jupyter.config_files import ConfigFile


def is_of_a_package(env: Environment, file: ConfigFile) -> bool:
    """A file that an installed package brought along, to be loaded by the server."""
    return interpreter(env).owns(file.path) and Path(file.path).parent.suffix == ".d"


def mended(env: Environment, file: ConfigFile) -> Fix | None:
    """The package once more; without its file the server does not load it. None: nobody lists it."""
    return brought_again(env, file.path) if is_of_a_package(env, file) else None


def brought_again(env: Environment, file: str) -> Fix | None:
    """The package that brought this file, once more; None: nobody lists it."""
    python = interpreter(env)
    owner = owner_of(python.distributions, file)
    if owner is None:
        return None
    return reinstall(env, python, [owner.name], f"reinstall {owner.name}, which brings that file")
