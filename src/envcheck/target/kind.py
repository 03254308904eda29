"""Which tool made a Python, by the marks that each leaves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from envcheck import foreign_file, places


def kind_of(prefix: str, base_prefix: str, paths: Mapping[str, str]) -> str:
    """Its name: `venv`, `conda`, `system` and their kind; `installation` where there is no mark."""
    if os.path.isdir(Path(prefix, "conda-meta")):
        return (
            "conda-env"
            if Path(prefix).parent.name == "envs" or not os.path.isdir(Path(prefix, "condabin"))
            else "conda"
        )
    if places.folded(prefix) != places.folded(base_prefix):
        settings = foreign_file.text_or_nothing(Path(prefix, "pyvenv.cfg"))
        if "uv =" in settings:
            return "uv"
        return "virtualenv" if "virtualenv =" in settings else "venv"
    if "Cellar" in Path(os.path.realpath(prefix)).parts:  # Homebrew writes .../opt/python@3.13/...
        return "homebrew"
    if os.path.isfile(Path(paths.get("stdlib", prefix), "EXTERNALLY-MANAGED")) or prefix in (
        "/usr",
        "/System",
    ):
        return "system"
    return "pyenv" if {".pyenv", "pyenv"} & set(Path(prefix).parts) else "installation"
