"""Package managers besides pip: where they are, and how what they did is taken back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from envcheck.environment import Environment

CONDAS = ("conda", "mamba", "micromamba")


def uv_command(env: Environment) -> str:
    """The path of uv on the learner's PATH; empty where there is none."""
    return shutil.which("uv", path=env.variables.get("PATH")) or ""


def conda_command(variables: Mapping[str, str]) -> str:
    """conda, mamba or micromamba: the one that the learner's shell was set up with, or one
    on PATH.
    """
    names = [variables.get("CONDA_EXE", ""), variables.get("MAMBA_EXE", ""), *CONDAS]
    return next(
        (
            found
            for name in names
            if name and (found := shutil.which(name, path=variables.get("PATH")))
        ),
        "",
    )


def conda_packages(prefix: str) -> frozenset[str]:
    """What conda has put there, as `name-version-build`."""
    try:
        names = os.listdir(Path(prefix, "conda-meta")) if prefix else []  # noqa: PTH208  # names are wanted
    except OSError:
        return frozenset()
    return frozenset(name[:-5] for name in names if name.endswith(".json") and name.count("-") >= 2)


def conda_back(
    conda: str, prefix: str, before: frozenset[str], after: frozenset[str]
) -> list[tuple[str, ...]]:
    """Commands that bring back what conda had put there before."""
    old = {package.rsplit("-", 2)[0]: "=".join(package.rsplit("-", 2)) for package in before}
    new = {package.rsplit("-", 2)[0] for package in after}
    changed = [old[package.rsplit("-", 2)[0]] for package in sorted(before - after)]
    added = sorted(new - old.keys())
    start = (conda, "install", "--yes", "--prefix", prefix)
    return [
        *([(*start, *changed)] if changed else []),
        *([(conda, "remove", "--yes", "--prefix", prefix, *added)] if added else []),
    ]
