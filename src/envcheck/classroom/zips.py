"""Zips that were handed in. What one says of itself is not believed, and it keeps nobody else's
report from being read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from envcheck.classroom.handed_in import LARGEST
from envcheck.shape import read_object

LARGEST_LIST = 20_000_000  # bytes of an export's list: 50,000 reports have 8
EXPORTED = {"reports": [{"file": str, "machine": int}]}
KEPT = "kept.json"  # what `envcheck class export` writes beside the reports
# How zips are packed. Of the other ways, a few bytes become gigabytes before anybody can say stop.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# A report becomes a tenth when it is packed. A zip that is many times tighter holds none, except a
# small one.
SMALL = 100_000_000  # bytes, unpacked
TIGHTEST = 100  # times


@dataclass(frozen=True)
class Entry:
    """A file in a zip: its name there and its bytes, of which at most one more than a report may
    have, or why there are none. `machine` is that of an export's list, or 0.
    """

    name: str
    data: bytes
    reason: str = ""
    machine: int = 0


@dataclass(frozen=True)
class _Opened:
    archive: zipfile.ZipFile
    machines: Mapping[str, int]


def entries(file: Path, most: int) -> Iterator[Entry]:
    """The files in a zip. One without a name and with a reason where the zip holds more than `most`
    or cannot be read.
    """
    with ExitStack() as stack:
        opened = _opened(file, most, stack)
        if isinstance(opened, str):
            yield Entry("", b"", opened)
            return
        for info in opened.archive.infolist():
            if not info.filename.endswith("/"):
                data, reason = _unpacked(opened.archive, info)
                name = info.filename.replace("\\", "/")
                yield Entry(name, data, reason, opened.machines.get(info.filename, 0))


def _opened(file: Path, most: int, stack: ExitStack) -> _Opened | str:
    """What is in it, or why that is not read."""
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
        count = len(archive.infolist())
        if count > most:
            return f"a zip of {count} files, more than {most}: if they are reports, unpack it first"
        if _is_too_tight(archive, file.stat().st_size):
            return "a zip that would become huge when unpacked, as reports do not"
        return _Opened(archive, _machines(archive))
    except Exception as error:  # noqa: BLE001  # zipfile raises whatever the bytes lead it to
        return f"a zip that cannot be read ({str(error) or type(error).__name__})"


def _is_too_tight(archive: zipfile.ZipFile, packed: int) -> bool:
    """No entry gives more bytes than it says."""
    unpacked = sum(info.file_size for info in archive.infolist())
    return unpacked > SMALL and unpacked > TIGHTEST * packed


def _machines(archive: zipfile.ZipFile) -> dict[str, int]:
    """Of which machine of its alias each report is, where `envcheck class export` wrote the zip."""
    listed = [info for info in archive.infolist() if info.filename == KEPT]
    if not listed or _refused(listed[-1]):
        return {}
    with archive.open(listed[-1]) as opened:
        kept = read_object(opened.read(LARGEST_LIST + 1), EXPORTED) or {"reports": []}
    return {row["file"]: row["machine"] for row in kept["reports"]}


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[bytes, str]:
    """Its bytes; or none, and why."""
    if reason := _refused(info):
        return b"", reason
    try:
        with archive.open(info) as opened:
            return opened.read(LARGEST + 1), ""
    except Exception:  # noqa: BLE001  # as above
        return b"", "damaged in the zip"


def _refused(info: zipfile.ZipInfo) -> str:
    """Why an entry is not read at all."""
    if info.flag_bits & 1:
        return "locked with a password"
    if info.compress_type not in METHODS:
        return "packed in an unusual way: unpack it first"
    if info.filename.lower().endswith(".zip"):
        return "a zip in a zip: unpack it first"
    return ""
