"""What an installed distribution says of its own files."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.digits import whole_number
from envcheck.target.interpreter import Distribution

FILE = "RECORD"
ZERO = "\0"


def recorded(distribution: Distribution) -> list[tuple[str, int]]:
    """The files and sizes of RECORD; nothing where there is none."""
    return [(row[0], max(0, whole_number("".join(row[2:3])) or 0)) for row in _rows(distribution)]


def owner_of(distributions: Iterable[Distribution], file: str | Path) -> Distribution | None:
    """The installed distribution that lists this file as its own, wherever it lies."""
    name = Path(file).name
    for distribution in distributions:
        for listed, _ in recorded(distribution):
            if listed.endswith(name) and places.same(Path(distribution.folder, listed), file):
                return distribution
    return None


def digests(distribution: Distribution) -> list[tuple[str, str, str]]:
    """The files of RECORD that have a hash there: file, algorithm, and the hash as it is written
    there.
    """
    named = [(row[0], *row[1].partition("=")[::2]) for row in _rows(distribution) if len(row) > 1]
    return [(file, algorithm, digest) for file, algorithm, digest in named if digest]


def has_zeros(distribution: Distribution) -> bool:
    """Whether RECORD has zero bytes in it: the power went while it was written. pip stops at them."""
    return ZERO in _text(distribution)


def _rows(distribution: Distribution) -> Iterator[list[str]]:
    """No name of a file has a zero in it: to ask for one raises ValueError, whoever does."""
    rows = io.StringIO(_text(distribution), newline="")
    with contextlib.suppress(csv.Error):
        yield from (row for row in csv.reader(rows) if row and ZERO not in row[0])


def _text(distribution: Distribution) -> str:
    return foreign_file.text_or_nothing(Path(distribution.folder, distribution.entry, FILE))
