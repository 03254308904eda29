"""A table that a system or a spreadsheet wrote, whatever its separator, its encoding and its title."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from envcheck.errors import UsageProblem

LARGEST = 5_000_000  # bytes
SEPARATORS = (",", ";", "\t")
FIRST = 20  # rows among which the columns' names are looked for


@dataclass(frozen=True)
class Table:
    """The rows, of which that at `start` names the columns; -1 where none does. `columns` is how
    many of these names we know.
    """

    rows: Sequence[Sequence[str]]
    start: int
    heading: Sequence[str]
    columns: int

    @property
    def fitting(self) -> tuple[int, int]:
        """How well the separator fits: columns that are known, then rows as long as their heading."""
        width = len(self.heading)
        return self.columns, sum(len(row) == width for row in self.rows)


def read_table(file: str, names: AbstractSet[str]) -> Table:
    """The table by the separator that gives most of these columns: a title above may have more
    of another. Raises UsageProblem, which names the file.
    """
    lines = _text(file).splitlines()
    tables: list[Table] = []
    problem = ""
    for separator in SEPARATORS:
        try:
            tables.append(_headed([*csv.reader(lines, delimiter=separator)], names))
        except csv.Error as error:
            problem = str(error)
    if not tables:
        raise UsageProblem(f"the roster {file} is not a table: {problem}")
    best = max(tables, key=lambda table: table.fitting)
    if best.start >= 0:
        return best
    if all(len(row) == 1 for table in tables for row in table.rows if row):
        return Table(best.rows, -1, ["name"], 1)  # a plain list of names
    raise UsageProblem(
        f"the roster {file} has no column that names learners. Its first line needs one of: alias, username, "
        "email address, full name, first name and last name"
    )


def fold(text: str) -> str:
    """A name of a system, for comparing."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _headed(rows: Sequence[Sequence[str]], names: AbstractSet[str]) -> Table:
    """With the row of the columns' names: of the first ones that with most that are known. Above it
    may stand a title.
    """
    named = [[fold(cell).strip("'\"*") for cell in row] for row in rows[:FIRST]]
    counts = [len(names & {*row}) for row in named]
    most = max(counts, default=0)
    if not most:
        return Table(rows, -1, [], 0)
    start = counts.index(most)
    return Table(rows, start, named[start], most)


def _text(file: str) -> str:
    try:
        with Path(file).open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise UsageProblem(f"the roster {file} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise UsageProblem(f"the roster {file} is larger than {LARGEST // 1_000_000} MB")
    if data.startswith(b"PK"):
        raise UsageProblem(f"the roster {file} is a spreadsheet: save it as CSV")
    for encoding in ("utf-8-sig", _other_encoding(data)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.strip() and "\0" not in text:
            return text
    raise UsageProblem(f"the roster {file} holds no text")


def _other_encoding(data: bytes) -> str:
    """That of a text which is not in UTF-8, or of one that may be: UTF-16 says so itself, or by
    every other byte.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" not in data:
        return "cp1252"
    return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
