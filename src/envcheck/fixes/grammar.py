"""All that a record may ask for: a name given back within a folder, and packages put back by name.

A record is a file, and anybody may have written it. So none of its words starts a program: which
Python, which manager and which environment is found on this machine anew (`envcheck.fixes.here`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envcheck.fixes import backup
from envcheck.model import Rename
from envcheck.target.conda import CONDAS

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
ADDRESS = re.compile(r"[a-z]+://\S+/([^/\s]+)-([^/\s-]+)-([^/\s-]+)\.(?:conda|tar\.bz2)")
CONDA_NAME = re.compile(r"_?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
CONDA_WORD = re.compile(r"[A-Za-z0-9_.+!]+")
# pip takes a word with such an end for a file, where one of that name lies beside it.
ARCHIVES = (".zip", ".whl", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".tbz", ".txz", ".tlz", ".lz", ".lzma")  # fmt: skip


@dataclass(frozen=True)
class Packages:
    """Distributions of the environment in which the recorded fix worked: taken out by their
    `names`, or brought back, each name with a version. `tool` is pip, uv or conda; `place` only
    tells which environment is meant, and is never started.
    """

    tool: str
    place: str
    back: bool
    names: tuple[str, ...]

    @property
    def prefix(self) -> Path:
        """The environment's folder."""
        place = Path(self.place)
        if self.tool == "conda":
            return place
        return place.parent.parent if place.parent.name in ("bin", "Scripts") else place.parent


def parse(row: Mapping[str, Any]) -> Rename | Packages:
    """One step of a record. Raises KeyError, TypeError or ValueError for what no fix of ours
    leaves.
    """
    if row["do"] == "rename":
        return _rename(text(row["from"]), text(row["to"]))
    if row["do"] != "run" or not isinstance(row["argv"], list):
        raise ValueError(row["do"])
    return _packages([text(word) for word in row["argv"]])


def text(value: object) -> str:
    """A text of a record. Raises TypeError."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise TypeError(value)
    return value


def folder(value: object) -> str:
    """A folder that a fix has made. Raises TypeError or ValueError."""
    place = text(value)
    if not os.path.isabs(place) or os.path.normpath(place) != place:  # noqa: PTH117
        raise ValueError(place)
    return place


def _rename(source: str, to: str) -> Rename:
    """Another name in the same folder, or a kernel's way out of Jupyter's sight and back: nothing else
    is carried from one folder into another.
    """
    rename = Rename(source, to)
    folders = {os.path.dirname(source), os.path.dirname(to)}  # noqa: PTH120
    names = {os.path.basename(source), os.path.basename(to)}  # noqa: PTH119
    if not os.path.isabs(source) or names & {"", ".", ".."}:  # noqa: PTH117
        raise ValueError(source)
    if len(folders) != 1 and not backup.is_out_of_sight(rename):
        raise ValueError(source)
    return rename


def _packages(argv: Sequence[str]) -> Packages:
    """As `advice.restore` and `managers.conda_back` write them."""
    match argv:
        case [python, "-m", "pip", "uninstall", "--yes", *names]:
            packages = Packages("pip", python, False, tuple(names))
        case [python, "-m", "pip", "install", "--no-deps", *names]:
            packages = Packages("pip", python, True, tuple(names))
        case [_, "pip", "uninstall", "--python", python, *names]:
            packages = Packages("uv", python, False, tuple(names))
        case [_, "pip", "install", "--python", python, "--no-deps", *names]:
            packages = Packages("uv", python, True, tuple(names))
        case [program, "remove", "--yes", "--prefix", prefix, *names] if is_conda(program):
            packages = Packages("conda", prefix, False, tuple(names))
        case [program, "install", "--yes", "--prefix", prefix, *names] if is_conda(program):
            packages = Packages("conda", prefix, True, tuple(map(_without_place, names)))
        case _:
            raise ValueError(argv)
    fits = is_version if packages.back else NAME.fullmatch
    if (
        not packages.names
        or not os.path.isabs(packages.place)  # noqa: PTH117
        or not all(map(fits, packages.names))
    ):
        raise ValueError(argv)
    return packages


def _without_place(word: str) -> str:
    """An address of conda's as `name=version=build`: where that package is, this machine's own
    conda knows.
    """
    hit = ADDRESS.fullmatch(word)
    return "=".join(hit.groups()) if hit else word


def is_conda(program: str) -> bool:
    """Whether a program is conda, mamba or micromamba, by its name."""
    return re.sub(r"\.(exe|bat)$", "", re.split(r"[\\/]", program)[-1].lower()) in CONDAS


def is_version(word: str) -> bool:
    """`name==version`, or conda's `name=version=build`; nothing that could be a file's name."""
    from packaging.version import InvalidVersion, Version

    parts = word.split("=")
    if len(parts) != 3 or word.lower().endswith(ARCHIVES):
        return False
    if parts[1]:
        return bool(CONDA_NAME.fullmatch(parts[0]) and all(map(CONDA_WORD.fullmatch, parts[1:])))
    try:
        return bool(NAME.fullmatch(parts[0]) and Version(parts[2]))
    except InvalidVersion:
        return False
