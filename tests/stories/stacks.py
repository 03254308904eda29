"""Environments of every Python the course supports that this machine has, of every maker, and of
the oldest stack.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from packaging.specifiers import SpecifierSet
from tests.recipes import BASE, Recipe

from envcheck_checks.courses.ml_for_software_engineers.chapter2 import PYTHONS

CURRENT = ("notebook", "ipykernel", "numpy", "pandas", "matplotlib", "seaborn")
# Notebook 6.5 with jupyter_core 4: the oldest stack that the course still allows.
OLD = (
    "notebook==6.5.*",
    "jupyter_core<5",
    "jupyter_client<8",
    "traitlets<5.10",
    "ipykernel<7",
    *CURRENT[2:],
)


def interpreters() -> dict[str, str]:
    """The interpreters of this machine by version: those of pyenv, and the one behind that which runs
    the tests.
    """
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": BASE}
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in sorted(root.glob("3.*")):
        if (folder / "bin" / "python").exists():
            found[".".join(folder.name.split(".")[:2])] = str(folder / "bin" / "python")
    return {
        version: path
        for version, path in found.items()
        if SpecifierSet(PYTHONS).contains(f"{version}.0")
    }


def recipes() -> dict[str, Recipe]:
    known = interpreters()
    own = known[f"{sys.version_info[0]}.{sys.version_info[1]}"]
    made = [Recipe(f"py{version}", CURRENT, path, "venv") for version, path in known.items()]
    made += [
        Recipe("virtualenv", CURRENT, own, "virtualenv"),
        Recipe("uv", CURRENT, own, "uv"),
        Recipe("oldstack", OLD, own, "venv"),
    ]
    return {one.name: one for one in made}


def names() -> list[str]:
    return sorted(recipes())
