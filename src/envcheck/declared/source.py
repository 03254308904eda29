"""A file of the course that declares something, read within bounds: it may be anybody's."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envcheck import foreign_file, places
from envcheck.declared.declared import Unread

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LARGEST = 1_000_000  # bytes of a list that somebody wrote
MOST_DOTS = 50  # of a key: with very many parts tomllib takes minutes
TOML_PLACE = re.compile(r"(?P<reason>.*?) \(at line (?P<line>\d+), column \d+\)", re.DOTALL)


class Unreadable(Exception):
    """A whole file cannot be read, or not from this line on."""

    def __init__(self, unread: Unread) -> None:
        super().__init__(str(unread))
        self.unread = unread


@dataclass(frozen=True)
class Source:
    """A file of the course as the course names it. `root` is the course's folder: nothing is read
    outside of it. `named_by` is the place in another file that names this one.
    """

    root: Path
    name: str
    named_by: str = ""

    @property
    def path(self) -> Path:
        return self.root / self.name

    def unreadable(self, reason: str, line: int = 0) -> Unreadable:
        return Unreadable(Unread(reason, self.name, line, named_by=self.named_by))

    def text(self, most: int = LARGEST) -> str:
        """What is in it. Raises Unreadable."""
        try:
            if not places.lies_in(self.path.resolve(), self.root.resolve()):
                raise self.unreadable("it leads out of the course's folder")
            text = foreign_file.text(self.path, most)
        except (OSError, RuntimeError, ValueError) as error:  # links in a circle; a zero in a name
            reason = getattr(error, "strerror", None) or str(error)
            raise self.unreadable(f"it cannot be read: {reason}") from None
        if "\0" in text:
            raise self.unreadable("it is no text")
        return text

    def toml(self) -> tuple[str, dict[str, Any]]:
        """Its text, and what stands in it as TOML. Raises Unreadable."""
        text = self.text()
        for number, line in enumerate(text.split("\n"), 1):
            if line.count(".") > MOST_DOTS and re.match(r"[ \t]*\[*[ \t]*[\w\"'-]+[ \t]*\.", line):
                raise self.unreadable(f"a key of more than {MOST_DOTS} parts", number)
        try:
            return text, tomllib.loads(text)
        except RecursionError:
            raise self.unreadable("it is nested too deep") from None
        except ValueError as error:
            match = TOML_PLACE.fullmatch(str(error))
            reason = match["reason"] if match else str(error)
            place = int(match["line"]) if match else 0
            raise self.unreadable(f"it is not TOML: {reason}", place) from None

    def beside(self, name: str, line: int = 0) -> Source:
        """Another file, named from this one's folder in this line. Raises Unreadable."""
        try:
            inside = places.within((self.path.parent / name).resolve(), self.root.resolve())
        except (OSError, RuntimeError, ValueError):
            inside = None
        if inside is None or re.match(r"\w+:", name) or Path(name).is_absolute():
            raise self.unreadable(f"`{name}` leads out of the course's folder", line)
        place = f"{self.name}:{line}" if line else self.name
        return Source(self.root, inside.as_posix(), place)


def line_of(text: str, *words: str) -> int:
    """The first line with all these words, from 1; 0 where none has them."""
    return next(
        (
            number
            for number, line in enumerate(text.split("\n"), 1)
            if all(w in line for w in words)
        ),
        0,
    )


def table(values: Any, *names: str) -> Mapping[str, Any]:  # any value of TOML
    """The table under these names; an empty one where there is none."""
    for name in names:
        values = values.get(name) if isinstance(values, Mapping) else None
    return values if isinstance(values, Mapping) else {}
