"""Real environments of every Python the course supports that this machine has, of every maker, and of the oldest stack.

Each is made once, below the system's temporary folder, and kept for later runs: the name of its folder carries
what is in it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.specifiers import SpecifierSet

from envcheck_checks.courses.ml_for_software_engineers.chapter2 import PYTHONS

CURRENT = ("notebook", "ipykernel", "numpy", "pandas", "matplotlib", "seaborn")
# Notebook 6.5 with jupyter_core 4: the oldest stack that the course still allows.
OLD = ("notebook==6.5.*", "jupyter_core<5", "jupyter_client<8", "traitlets<5.10", "ipykernel<7", *CURRENT[2:])


@dataclass(frozen=True)
class Recipe:
    """Which interpreter, which tool makes the environment (venv, virtualenv, uv), and what goes into it."""

    interpreter: str
    maker: str
    requirements: tuple[str, ...]


def interpreters() -> dict[str, str]:
    """The interpreters of this machine by version: those of pyenv, and the one that runs the tests."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": sys.executable}
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in sorted(root.glob("3.*")):
        if (folder / "bin" / "python").exists():
            found[".".join(folder.name.split(".")[:2])] = str(folder / "bin" / "python")
    return {version: path for version, path in found.items() if SpecifierSet(PYTHONS).contains(f"{version}.0")}


def recipes() -> dict[str, Recipe]:
    known = interpreters()
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    made = {f"py{version}": Recipe(path, "uv-seeded", CURRENT) for version, path in known.items()}
    made["virtualenv"] = Recipe(known[own], "virtualenv", CURRENT)
    made["uv"] = Recipe(known[own], "uv", CURRENT)
    made["oldstack"] = Recipe(known[own], "uv-seeded", OLD)
    return made


def names() -> list[str]:
    return sorted(recipes())


def python_of(name: str) -> Path:
    """The python of that stack's environment; made when it is not there yet, under a name of its own until it is whole."""
    recipe = recipes()[name]
    key = hashlib.blake2b(repr(recipe).encode(), digest_size=6).hexdigest()
    place = Path(tempfile.gettempdir()) / f"envcheck-stacks-{os.getuid()}" / f"{name}-{key}"
    python = place / "bin" / "python"
    done = place / "whole"
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        _make(recipe, place)
        done.touch()
    return python


def _make(recipe: Recipe, place: Path) -> None:
    uv = str(Path(sys.executable).parent / "uv")
    if recipe.maker == "virtualenv":
        _run(sys.executable, "-m", "virtualenv", "-q", "-p", recipe.interpreter, str(place))
    elif recipe.maker == "uv":
        _run(uv, "venv", "-q", "--python", recipe.interpreter, str(place))
    else:
        _run(recipe.interpreter, "-m", "venv", str(place))
    _run(uv, "pip", "install", "-q", "--python", str(place / "bin" / "python"), *recipe.requirements)


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{argv}: {done.stderr[-2000:]}"
