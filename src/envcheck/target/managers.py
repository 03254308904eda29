"""Package managers besides pip: where they are, and how what they did is taken back."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from envcheck.environment import Environment

CONDAS = ("conda", "mamba", "micromamba")
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(={1,2}[A-Za-z0-9][A-Za-z0-9._+!-]*){0,2}")


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


def takes_back(argv: Sequence[str]) -> bool:
    """Whether a command is one that takes an installation back: all that a record may ask us to
    run.
    """
    if not argv or not os.path.isabs(argv[0]):  # noqa: PTH117
        return False
    program = Path(argv[0]).name.lower().removesuffix(".exe").removesuffix(".bat")
    rest = tuple(argv[1:])
    if program == "uv" and rest[:1] == ("pip",) and rest[2:3] == ("--python",):
        verb, words = rest[1], rest[4:]
    elif program in CONDAS and rest[1:3] == ("--yes", "--prefix"):
        verb, words = rest[0], rest[4:]
    elif program.startswith(("python", "pypy")) and rest[:2] == ("-m", "pip"):
        verb, words = rest[2] if len(rest) > 2 else "", rest[3:]
    else:
        return False
    names = [word for word in words if word not in ("--yes", "--no-deps")]
    return (
        verb in ("install", "uninstall", "remove")
        and bool(names)
        and all(PLAIN.fullmatch(name) for name in names)
    )
