"""The folder of a package that was taken away lies there still, with a file or two that nobody
listed. Python takes it for a package in which there is nothing, and whoever would do without that
package meets it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, fail
from envcheck.fixes.backup import move_aside
from envcheck.foreign_file import matching
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.codes import PACKAGE_DAMAGED
from envcheck_checks.installed.record_file import recorded

# What is said of a package in which there is nothing: by Python, and by pandas
NAMED = (
    re.compile(r"AttributeError: module '(\w+)' has no attribute"),
    re.compile(r"ImportError: cannot import name '\w+' from '(\w+)' \(unknown location\)"),
    re.compile(r"ModuleNotFoundError: No module named '(\w+)\.[\w.]+'"),
    re.compile(r"ImportError: Can't determine version for (\w+)"),
)


def diagnose(env: Environment, output: str, what: str) -> Diagnosis | None:
    """The folder of the package that the error names, where nothing is installed that it is of."""
    python = interpreter(env)
    named = dict.fromkeys(name for pattern in NAMED for name in pattern.findall(output))
    folder = next(filter(None, (_left_of(python, name) for name in named)), None)
    if folder is None:
        return None
    return fail(
        PACKAGE_DAMAGED,
        f"{what}: the folder of `{folder.name}`, which is not installed, was left there and is in the way",
        Fix(
            f"move what is left of {folder.name} aside",
            (move_aside(folder),),
            _confidence(python, folder),
        ),
        found=f"a folder `{folder.name}` without a package in it",
        wanted="no such folder, or the whole package",
        looked_in=str(folder),
        note="an uninstallation leaves files that it did not install",
    )


def _confidence(python: Interpreter, folder: Path) -> Confidence:
    """A folder with modules may be somebody's who keeps no list of files."""
    modules = any(file.suffix in (".py", ".so", ".pyd") for file in matching(folder, "**/*"))
    own = python.is_environment and python.owns(folder)
    return Confidence.ASK if modules or not own else Confidence.SURE


def _left_of(python: Interpreter, module: str) -> Path | None:
    """The folder of that name among this Python's packages that is a package of nobody's."""
    for place in dict.fromkeys((python.paths.get("purelib"), python.paths.get("platlib"))):
        folder = Path(place, module) if place else None
        if folder is not None and os.path.isdir(folder) and not _is_package(folder):
            return None if _is_listed(python, module) else folder
    return None


def _is_package(folder: Path) -> bool:
    """One into which nobody may look is taken for one: nothing is moved that was not seen."""
    try:
        return any(file.name.startswith("__init__.") for file in folder.iterdir())
    except OSError:
        return True


def _is_listed(python: Interpreter, module: str) -> bool:
    """Whether it belongs to something that is installed: by its name, or by a list of files."""
    return normal_name(module) in python.installed or any(
        file.startswith(f"{module}/")
        for distribution in python.distributions
        for file, _ in recorded(distribution)
    )
