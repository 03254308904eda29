"""A file that is not where a notebook looks for it: where it is, or what stands in its place."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path, PurePosixPath

MOST_FILES = 5000  # looked at in the course's folder
MOST_MEMBERS = 20_000  # of an archive
PACKED = (".gz", ".zip", ".bz2", ".xz", ".7z", ".tar.gz", ".tgz", ".rar")
UNFINISHED = (".crdownload", ".part", ".download", ".partial", ".opdownload", ".tmp")


@dataclass(frozen=True)
class Instead:
    """What was seen in place of the file: a `kind` of the five below, and which file that is."""

    kind: str
    path: Path
    member: str = ""


CASE, PACKAGE, PART, ELSEWHERE, ALIKE = "case", "packed", "part", "elsewhere", "alike"


def instead(path: Path, root: Path) -> Instead | None:
    """The likeliest reason that the file is not there; None where nothing like it was seen."""
    folder = _as_written(path.parent)
    names = _names(folder) if folder else []
    for name in names:
        if name != path.name and name.casefold() == path.name.casefold():
            return Instead(CASE, folder / name if folder else path)
    if folder is None or (folder != path.parent and path.name in names):
        same = folder / path.name if folder else None
        if same is not None and os.path.exists(same):
            return Instead(CASE, same)
    return _beside(path, folder, names) or _in_course(path, root)


def _beside(path: Path, folder: Path | None, names: list[str]) -> Instead | None:
    """Packed, downloaded by halves, or under another name, in the folder itself."""
    if folder is None:
        return None
    for name in names:
        if name in {path.name + end for end in UNFINISHED} | {f".{path.name}.icloud"}:
            return Instead(PART, folder / name)
        if name in {start + end for start in (path.name, path.stem) for end in PACKED}:
            return Instead(PACKAGE, folder / name, _member(folder / name, path))
    near = get_close_matches(path.name, names, n=1, cutoff=0.75)
    return Instead(ALIKE, folder / near[0]) if near else None


def _in_course(path: Path, root: Path) -> Instead | None:
    """In another folder of the course, or in an archive of it."""
    archives = []
    for file in islice(_files(root), MOST_FILES):
        if file.name == path.name:
            return Instead(ELSEWHERE, file)
        if file.suffix.lower() == ".zip":
            archives.append(file)
    for archive in archives[:20]:
        if member := _member(archive, path):
            return Instead(PACKAGE, archive, member)
    return None


def _member(archive: Path, path: Path) -> str:
    """The name that the file has in a zip; empty where it is not in it."""
    if archive.suffix.lower() != ".zip":
        return ""
    try:
        with zipfile.ZipFile(archive) as opened:
            names = opened.namelist()[:MOST_MEMBERS]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    same = (name for name in names if PurePosixPath(name).name == path.name)
    return next(same, "")


def _as_written(folder: Path) -> Path | None:
    """The folder, or one whose name differs from its in capitals alone; None for neither."""
    if os.path.isdir(folder):
        return folder
    if folder.parent == folder:
        return None
    above = _as_written(folder.parent)
    names = _names(above) if above else []
    name = next((each for each in names if each.casefold() == folder.name.casefold()), None)
    return above / name if above and name and os.path.isdir(above / name) else None


def _names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder))[:MOST_FILES]
    except OSError:
        return []


def _files(root: Path) -> Iterator[Path]:
    """The course's files, but for hidden folders and environments."""
    for place, folders, names in os.walk(root):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not os.path.exists(Path(place, name, "pyvenv.cfg"))
        )
        yield from (Path(place, name) for name in sorted(names))
