"""Where reports go: the screen, and files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from envcheck import places
from envcheck.command.terminal import tell
from envcheck.errors import NotWritten, UsageProblem, unknown
from envcheck.held import once_free
from envcheck.reports import FORMATS, renderer
from envcheck.run.report import READY, Report

STREAMS = {
    f"{place}{number}": name
    for number, name in ((1, "stdout"), (2, "stderr"))
    for place in ("/dev/fd/", "/proc/self/fd/")
} | {
    "/dev/stdout": "stdout",
    "/dev/stderr": "stderr",
}


@dataclass(frozen=True)
class Destination:
    """A format, and the file it goes to; None is the screen."""

    format: str
    file: Path | None


def destinations(
    format_: str,
    output: str | None,
    reports: Sequence[str],
    formats: Sequence[str] = tuple(FORMATS),
) -> tuple[Destination, ...]:
    """Where the report goes, checked before anything runs: one of the formats, folders there. Raises
    UsageProblem.
    """
    wanted = [Destination(format_, Path(output) if output else None)]
    for text in reports:
        name, separator, file = text.partition("=")
        if not separator or not file:
            raise UsageProblem(
                f"--report {text}: it takes FORMAT=FILE, for example html=report.html"
            )
        wanted.append(Destination(name, Path(file)))
    taken: set[str] = set()
    for destination in wanted:
        if destination.format not in formats:
            raise unknown("format", destination.format, formats)
        _refuse_twice(destination.file, taken)
        if destination.file is not None:
            _refuse_unwritable(destination.file)
    return tuple(wanted)


def write_files(places: Sequence[Destination], report: Report, out: TextIO) -> None:
    """Write the report to every file among the destinations, and say after the last one which failed.
    Raises NotWritten where all is well, and nobody can read that.
    """
    problems = [
        problem
        for place in places
        if place.file is not None
        and (problem := _write(place.file, renderer(place.format)(report), out))
    ]
    if problems and report.exit_code == READY:
        raise NotWritten("\n".join(problems))
    for problem in problems:
        tell(problem)


def write_text(file: Path, text: str, out: TextIO) -> None:
    """Write a text to a file, whole or not at all. Raises UsageProblem, NotWritten."""
    _refuse_unwritable(file)
    if problem := _write(file, text, out):
        raise NotWritten(problem)


def _refuse_twice(file: Path | None, taken: set[str]) -> None:
    """Of two reports in one file only the last would be there. A stream takes any number."""
    if file is None or str(file) in STREAMS or (os.path.exists(file) and not os.path.isfile(file)):
        return
    place = places.key(file)
    if place in taken:
        raise UsageProblem(f"two reports would go to {file}: give each a file of its own")
    taken.add(place)


def _refuse_unwritable(file: Path) -> None:
    if os.path.isdir(file):
        raise UsageProblem(f"the report cannot be written to {file}: it is a folder")
    if not os.path.isdir(file.parent):
        raise UsageProblem(
            f"the report cannot be written to {file}: there is no folder {file.parent}"
        )
    if not os.access(file if os.path.exists(file) else file.parent, os.W_OK):
        raise UsageProblem(f"the report cannot be written to {file}: permission denied")


def _write(file: Path, text: str, out: TextIO) -> str:
    """All or nothing: a reader never sees half a report, and an old one stays until the new one is
    whole.

    What is not a plain file (`/dev/stdout`, a pipe), or lies where no file can be added, is written
    to as it is. Returns what went wrong, in words; empty when nothing did.
    """
    data = text.encode("utf-8", "replace")
    real = Path(os.path.realpath(file))
    stream = {"stdout": out, "stderr": sys.stderr}.get(STREAMS.get(str(file), ""))
    try:
        if (
            stream is not None
        ):  # opened by its name it would be another stream, and a file behind it would lose what it has
            stream.write(text)
            stream.flush()
        elif os.path.exists(file) and not (
            os.path.isfile(file) and os.access(real.parent, os.W_OK)
        ):
            file.write_bytes(data)
        else:
            _replace(real, data)
    except OSError as error:
        return f"the report cannot be written to {file}: {error.strerror}"
    return ""


def _replace(file: Path, data: bytes) -> None:
    """One try for a name: on Windows `tempfile` tries others for minutes where it may not write."""
    temporary = file.parent / f".envcheck-{secrets.token_hex(8)}"
    try:
        temporary.touch(mode=0o600, exist_ok=False)
        temporary.write_bytes(data)
        temporary.chmod(stat.S_IMODE(file.stat().st_mode) if os.path.exists(file) else 0o644)
        once_free(lambda: temporary.replace(file))
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
