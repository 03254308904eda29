"""`envcheck adopt`: reads a course, and writes its `envcheck.toml`, and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from envcheck.adopt.judging import telling
from envcheck.adopt.judging.telling import Told
from envcheck.adopt.needed import course
from envcheck.adopt.writing import new_file
from envcheck.course_file import values
from envcheck.errors import NotWritten, UsageProblem
from envcheck.held import once_free
from envcheck.printable import for_a_log

SAME, DRIFTED = 0, 1


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    folder: str = "."
    yes: bool = False
    dry: bool = False
    check: bool = False
    format_: str = "text"


def adopt(wanted: Wanted, out: TextIO) -> int:
    """Read the folder, write its course file, tell; the exit code. Raises UsageProblem, NotWritten."""
    root = Path(os.path.expanduser(wanted.folder))
    if not os.path.isdir(root):
        raise UsageProblem(f"{root}: there is no such folder")
    read, file = course.read(root), root / values.NAME
    there = os.path.lexists(file)
    before, after = _merged(file, read) if there else ("", "")
    read = _as_decided(file, read) if there else read
    _refuse_unreadable(read, check=wanted.check)
    after = after if there else new_file.text(read)
    difference = _difference(before, after) if there or wanted.dry else ""
    first = _first(after, read) if there else read.parts[0].chapter.id
    if wanted.check:
        told = Told(read, _checked(before, after, there), first, difference)
    else:
        told = Told(read, _written(wanted, file, before, after), first, difference)
    draw = telling.as_json if wanted.format_ == "json" else telling.as_text
    out.write(for_a_log(draw(told)))
    out.flush()
    return DRIFTED if wanted.check and before != after else SAME


def _merged(file: Path, read: course.Reading) -> tuple[str, str]:
    from envcheck.adopt.writing import merging

    return merging.merged(file, read)


def _as_decided(file: Path, read: course.Reading) -> course.Reading:
    from envcheck.adopt.writing import decided

    return decided.as_decided(file, read)


def _refuse_unreadable(read: course.Reading, *, check: bool) -> None:
    """What a broken list says nobody knows, and a copy of it would be wrong from the day on which it is
    put right. Who asks whether all is as it was is not told so of a notebook that nobody could read. Raises
    UsageProblem.
    """
    rows = [str(row) for row in read.lists.broken]
    if check:
        broken = (row for row in read.unreadable if not row.is_sound)
        rows += [f"{row.name}:{row.line}: {row.reason}" for row in broken]
    if rows:
        raise UsageProblem(
            f"{'this file' if len(rows) == 1 else f'these {len(rows)} files'} cannot be read, and nothing "
            f"was written: {'; '.join(rows)}. Put it right, or write `# left out: FILE` into {values.NAME}"
        )


def _first(text: str, read: course.Reading) -> str:
    from envcheck.adopt.writing import decided

    return decided.first_chapter(text, read)


def print_schema(out: TextIO) -> None:
    """The JSON Schema of an `envcheck.toml`, for editors."""
    from envcheck.course_file import schema

    out.write(schema.as_text())


def _difference(before: str, after: str) -> str:
    import difflib

    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), values.NAME, values.NAME
    )
    return "".join(lines)


def _checked(before: str, after: str, there: bool) -> str:
    if not there:
        return f"There is no {values.NAME}; `envcheck adopt` writes it. Nothing was changed."
    if before == after:
        return f"{values.NAME} says what the course needs. Nothing was changed."
    return f"{values.NAME} no longer says what the course needs. Nothing was changed."


def _written(wanted: Wanted, file: Path, before: str, after: str) -> str:
    """Write it, or not; what came of it."""
    if before == after:
        return f"{values.NAME} says what the course needs. Nothing was changed."
    if wanted.dry:
        return f"{values.NAME} would be written so. Nothing was changed."
    if before and not (wanted.yes or _agreed(before, after)):
        return "Nothing was changed; --yes writes it."
    _write(file, after)
    from envcheck.course_file import reading

    chapters = len(reading.read(file).chapters)
    return (
        f"Wrote {values.NAME}: {chapters} {'chapter' if chapters == 1 else 'chapters'}. "
        "Nothing else was changed."
    )


def _agreed(before: str, after: str) -> bool:
    from envcheck.command.terminal import learner

    author = learner()
    if author.confirm is None:
        return False
    author.show(_difference(before, after))
    return author.confirm(f"Write {values.NAME} so?")


def _write(file: Path, text: str) -> None:
    """The whole of it, or nothing."""
    from envcheck.course_file import reading

    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        try:
            reading.read(beside)  # what could not be read by a learner's run is never left there
        except UsageProblem as problem:
            reason = str(problem).replace(beside.name, file.name)
            raise UsageProblem(f"nothing was written; of what would be: {reason}") from None
        once_free(lambda: beside.replace(file))
    except OSError as error:
        raise NotWritten(f"{file} could not be written: {error.strerror or error}") from None
    finally:
        beside.unlink(missing_ok=True)
