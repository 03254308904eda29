"""Which reader a file's name asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath

from envcheck.declared.declared import Declarations, Row, Unread
from envcheck.declared.source import Source
from envcheck.errors import UsageProblem

READABLE = (
    "requirements*.txt, environment.yml, pyproject.toml, Pipfile, setup.cfg, pixi.toml, runtime.txt, "
    ".python-version"
)
GROUP = re.compile(
    r"(?P<file>(?:.*/)?(?:pyproject\.toml|setup\.cfg|pixi\.toml))\[(?P<group>[^\[\]]+)\]"
)
READERS = {
    "Pipfile": "pipfile",
    "pixi.toml": "pixi_toml",
    "setup.cfg": "setup_cfg",
    "runtime.txt": "python_versions",
    ".python-version": "python_versions",
}  # the modules that read them
GROUPED = {"pyproject.toml": "pyproject_toml", "setup.cfg": "setup_cfg", "pixi.toml": "pixi_toml"}
Reader = Callable[[Source], Iterator[Row]]


class Useless(UsageProblem):
    """A list of which nothing can be read; `reason` blames no line of it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.reason = reason


def look(root: Path, name: str) -> Declarations:
    """What a file of the course declares, and what of it cannot be read. `pyproject.toml[NAME]` is an
    extra or a dependency group of it alone, `setup.cfg[NAME]` an extra, `pixi.toml[NAME]` a feature.
    """
    return Declarations.of(_rows(root, name))


def read(root: Path, name: str) -> Declarations:
    """The same, of a file that can be read whole. Raises UsageProblem with file and line."""
    declared = look(root, name)
    for unread in declared.unread:
        if unread.file == name and not unread.line:
            raise Useless(str(root / name), unread.reason)
        raise UsageProblem(f"{root / str(unread)}")
    return declared


def is_readable(name: str) -> bool:
    """Whether there is a reader for a file of this name."""
    return GROUP.fullmatch(name) is not None or _is_list(PurePosixPath(name))


def is_of_bounds(name: str) -> bool:
    """Whether a list of pip's gives bounds alone (`-c`), and asks for nothing."""
    return PurePosixPath(name).stem.startswith("constraint")


def _is_list(file: PurePosixPath) -> bool:
    return file.name in (*READERS, "pyproject.toml") or file.suffix in (
        ".yml",
        ".yaml",
        ".txt",
        ".in",
    )


def _rows(root: Path, name: str) -> Iterator[Row]:
    if match := GROUP.fullmatch(name):
        reader = import_module(f"envcheck.declared.{GROUPED[PurePosixPath(match['file']).name]}")
        rows: Iterator[Row] = reader.read(Source(root, match["file"]), match["group"])
        return rows
    source, file = Source(root, name), PurePosixPath(name)
    if file.name in READERS:
        return _reader(READERS[file.name])(source)
    if file.name == "pyproject.toml":
        from envcheck.declared import pyproject_toml

        return pyproject_toml.read(source)
    if file.suffix in (".yml", ".yaml"):
        return _reader("environment_yml")(source)
    if file.suffix in (".txt", ".in"):
        from envcheck.declared import requirements_txt

        return requirements_txt.read(source, bounds=is_of_bounds(name))
    return iter([Unread(f"it is none of the lists that can be read: {READABLE}", name)])


def _reader(module: str) -> Reader:
    """Imported for the first of its files: most courses have one kind of list."""
    reader: Reader = import_module(f"envcheck.declared.{module}").read
    return reader
