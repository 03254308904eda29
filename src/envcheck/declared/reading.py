"""Which reader a file's name asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from envcheck.declared import pyproject_toml, requirements_txt
from envcheck.declared.declared import Declared, Source
from envcheck.errors import UsageProblem


def read(root: Path, name: str) -> Iterator[Declared]:
    """The packages that a file of the course asks for. Raises UsageProblem."""
    source, file = Source(root, name), PurePosixPath(name)
    if file.name == "pyproject.toml":
        return pyproject_toml.read(source)
    if file.suffix in (".txt", ".in"):
        return requirements_txt.read(source)
    raise UsageProblem(
        f"{source.path}: it is none of the lists that can be read: requirements*.txt, pyproject.toml"
    )
