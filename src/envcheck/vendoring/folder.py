"""What a course's folder has of envcheck, and how that is replaced: all of it, or nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file
from envcheck.errors import NotWritten
from envcheck.fixes.backup import backup_name
from envcheck.held import once_free
from envcheck.vendoring.installed import LOCK, NAME, STARTED

# How a file of ours begins, or what it holds; a wheel is known by its name.
SIGNS = {
    STARTED: b"# Built from bootstrap/ by scripts/build-bootstrap",
    LOCK: b"# What envcheck installs for itself",
}
BEGINNING = 4096  # bytes


@dataclass(frozen=True)
class Standing:
    """The files of a folder beside those that are wanted. `foreign` are somebody else's of the same
    name, `older` are wheels of other versions.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    foreign: tuple[str, ...]
    older: tuple[str, ...]

    @property
    def current(self) -> bool:
        return not (self.new or self.changed or self.foreign or self.older)


def present(folder: Path, names: tuple[str, ...]) -> dict[str, bytes]:
    """What is in the files of these names, as far as it can be read."""
    read = {}
    for name in names:
        try:
            read[name] = foreign_file.content(folder / name)
        except OSError:
            continue
    return read


def standing(folder: Path, wanted: Mapping[str, bytes]) -> Standing:
    """Where a folder stands."""
    before = present(folder, tuple(wanted))
    there = [name for name in wanted if os.path.lexists(folder / name)]
    differing = [name for name in there if not _same(name, before.get(name), wanted[name])]
    foreign = [name for name in differing if not _is_ours(folder / name, before.get(name, b""))]
    wheels = sorted(path.name for path in folder.glob(f"{NAME}-*-py3-none-any.whl"))
    return Standing(
        tuple(name for name in wanted if name not in there),
        tuple(name for name in differing if name not in foreign),
        tuple(foreign),
        tuple(name for name in wheels if name not in wanted),
    )


def _same(name: str, before: bytes | None, wanted: bytes) -> bool:
    """A checkout on Windows may have given a text other line ends."""
    if before is not None and name in SIGNS:
        return before.replace(b"\r\n", b"\n") == wanted
    return before == wanted


def _is_ours(path: Path, content: bytes) -> bool:
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    sign = SIGNS.get(path.name)
    return sign is None or sign in content[:BEGINNING]


def write(folder: Path, wanted: Mapping[str, bytes], now: Standing) -> dict[str, str]:
    """Write the files and take away what is older; what was somebody else's keeps its content under
    another name. Gives these names. Raises NotWritten, and then the folder is as it was.
    """
    before = present(folder, now.changed)
    aside = {name: Path(backup_name(folder / name)).name for name in now.foreign}
    beside = {name: folder / f".{name}.{os.getpid()}" for name in wanted}
    moved: list[str] = []
    placed: list[str] = []
    try:
        for name, content in wanted.items():
            beside[name].write_bytes(content)
            beside[name].chmod(0o755 if name == STARTED else 0o644)
        for name, other in aside.items():
            _rename(folder / name, folder / other)
            moved.append(name)
        for name in wanted:
            once_free(lambda name=name: beside[name].replace(folder / name))  # type: ignore[misc]
            placed.append(name)
    except OSError as error:
        _put_back(folder, placed, moved, before, aside)
        raise NotWritten(f"{folder} could not be written to: {error.strerror or error}") from None
    finally:
        for path in beside.values():
            path.unlink(missing_ok=True)
    for name in now.older:
        once_free((folder / name).unlink)
    return aside


def _put_back(
    folder: Path,
    placed: list[str],
    moved: list[str],
    before: Mapping[str, bytes],
    aside: Mapping[str, str],
) -> None:
    for name in placed:
        if name in before:
            (folder / name).write_bytes(before[name])
        else:
            (folder / name).unlink(missing_ok=True)
    for name in moved:
        _rename(folder / aside[name], folder / name)


def _rename(path: Path, to: Path) -> None:
    once_free(lambda: path.rename(to))
