"""Files, folders and zips, as they come: every file in them, one after the other. Nothing is
unpacked to disk.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from envcheck.classroom.handed_in import LARGEST, Handed, Unreadable, read
from envcheck.errors import UsageProblem
from envcheck.shape import read_object

MOST_FILES = 50_000
LARGEST_LIST = 20_000_000  # bytes of an export's list: 50,000 reports have 8
EXPORTED = {"reports": [{"file": str, "machine": int}]}
KEPT = "kept.json"  # what `envcheck class export` writes beside the reports
# What systems leave beside the files that people hand in.
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", "timestamp.txt", KEPT}
Reader = Callable[[str, bytes], Handed | Unreadable]


@dataclass(frozen=True)
class File:
    """A report, or a file that is none. `parts` are the folders and the name below what was
    asked for.
    """

    parts: tuple[str, ...]
    content: Handed | Unreadable


def files(places: Sequence[str], reader: Reader = read) -> Iterator[File]:
    """Everything in these files, folders and zips. Raises UsageProblem where one is not there or
    holds more than a class can. `reader` is given the place and the bytes of each.
    """
    seen = 0
    for place in places:
        path = Path(place)
        if not os.path.exists(path):
            raise UsageProblem(f"there is no file or folder {place}")
        for file in _below(path) if os.path.isdir(path) else [path]:
            above = path if os.path.isdir(path) else path.parent
            for inside in _in_file(file, file.relative_to(above).parts, reader):
                seen += 1
                if seen > MOST_FILES:
                    raise UsageProblem(
                        f"{place} holds more than {MOST_FILES} files: name the folder with the reports"
                    )
                yield inside


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder, in order of their names; links that lead out of it are not
    followed.
    """
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _litter(name))
        for name in sorted(names):
            if not _litter(name):
                yield Path(here, name)


def _litter(name: str) -> bool:
    return name in LITTER or name.startswith("._") or name in (".git", ".ipynb_checkpoints")


def _in_file(file: Path, parts: tuple[str, ...], reader: Reader) -> Iterator[File]:
    place = "/".join(parts)
    try:
        if zipfile.is_zipfile(file):
            yield from _in_zip(file, parts[:-1], reader)
            return
        if os.path.islink(file) and not os.path.isfile(file):
            yield File(parts, Unreadable(place, "a link that leads nowhere"))
            return
        if not os.path.isfile(file):
            yield File(parts, Unreadable(place, "not a plain file"))
            return
        with file.open("rb") as opened:
            yield File(parts, reader(place, opened.read(LARGEST + 1)))
    except OSError as error:
        yield File(parts, Unreadable(place, error.strerror or "it cannot be read"))


def _in_zip(file: Path, above: tuple[str, ...], reader: Reader) -> Iterator[File]:
    """What a zip says of sizes is not believed: no more is read than a report may have."""
    try:
        with zipfile.ZipFile(file) as archive:
            machines = _machines(archive)
            for entry in archive.infolist()[: MOST_FILES + 1]:
                parts = (*above, *PurePosixPath(entry.filename.replace("\\", "/")).parts)
                if not entry.filename.endswith("/") and not any(_litter(part) for part in parts):
                    content = _entry(archive, entry, "/".join(parts), reader)
                    yield File(parts, _counted(content, machines.get(entry.filename, 0)))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as error:
        place = "/".join((*above, file.name))
        yield File((*above, file.name), Unreadable(place, f"a zip that cannot be read ({error})"))


def _machines(archive: zipfile.ZipFile) -> dict[str, int]:
    """Of which machine of its alias each report is, where `envcheck class export` wrote the zip."""
    if KEPT not in archive.namelist():
        return {}
    with archive.open(KEPT) as opened:
        kept = read_object(opened.read(LARGEST_LIST + 1), EXPORTED) or {"reports": []}
    return {row["file"]: row["machine"] for row in kept["reports"]}


def _counted(content: Handed | Unreadable, machine: int) -> Handed | Unreadable:
    return replace(content, machine=machine) if isinstance(content, Handed) else content


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, reader: Reader
) -> Handed | Unreadable:
    if entry.flag_bits & 1:
        return Unreadable(place, "locked with a password")
    if entry.filename.lower().endswith(".zip"):
        return Unreadable(place, "a zip in a zip: unpack it first")
    try:
        with archive.open(entry) as opened:
            return reader(place, opened.read(LARGEST + 1))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError):
        return Unreadable(place, "damaged in the zip")
