"""Kinds that read a table into a value: each item of a key that says more than a word."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from envcheck.course_file.kinds import (
    BLANKS,
    CONTROLS,
    Kind,
    Path,
    Place,
    Several,
    Table,
    Text,
    Wrong,
    shown,
)


@dataclass(frozen=True)
class Word:
    """One fixed word that stands for an empty table."""

    word: str

    def read(self, value: Any, path: Path) -> dict[str, Any]:
        if value != self.word:
            raise Wrong(path, f'it must be "{self.word}" or a table, not {shown(value)}')
        return {}


@dataclass(frozen=True)
class Short:
    """A value that stands for a table with this key alone."""

    key: str
    kind: Kind

    def read(self, value: Any, path: Path) -> dict[str, Any]:
        return {self.key: self.kind.read(value, path)}


@dataclass(frozen=True)
class Made:
    """A table, or its short form if it has one, as the value that `make` gives of its keys."""

    make: Callable[..., Any]
    table: Table
    short: Word | Short | None = None

    def read(self, value: Any, path: Path) -> Any:  # what `make` gives
        if self.short is not None and not isinstance(value, dict):
            return self.make(**self.short.read(value, path))
        if self.short is not None and not value:
            raise Wrong(path, f"an empty table says nothing; write {self._usual}")
        return self.make(**self.table.read(value, path))

    @property
    def _usual(self) -> str:
        """What would say the least that can be said."""
        if isinstance(self.short, Word):
            return f'"{self.short.word}", or take it out'
        return f"the {self.short.key} alone, or take it out" if self.short else "something"


@dataclass(frozen=True)
class Day:
    """A day of the calendar, as TOML writes one: without quotes."""

    def read(self, value: Any, path: Path) -> datetime.date:
        if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
            raise Wrong(
                path, f"it must be a day such as 2027-03-01, without quotes, not {shown(value)}"
            )
        return value


PATTERN = r"[*?]"  # no name has these on Windows; brackets are in many


@dataclass(frozen=True)
class PathFromNotebook:
    """A file or a folder by its path from a notebook: up, and then down again, within the course."""

    def read(self, value: Any, path: Path) -> str:
        text = Text("a path from the notebook, such as ../data/table.csv").read(value, path)
        if re.search(PATTERN, text):
            folder = re.split(PATTERN, text)[0].rpartition("/")[0]
            instead = f' or the folder: "{folder}"' if folder.strip("./") else " of them"
            reason = f"{shown(text)} is a pattern, and these are files by name: write each{instead}"
            raise Wrong(path, reason)
        up, down = re.fullmatch(r"((?:\.\.?/)*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # it fits all
        return str(up + Place().read(down or ".", path))


IN_PYTHON = Text(
    'a file and a name in it, such as "my_checks.py:CHECKS"',
    rf"[^{BLANKS}:][^:{CONTROLS}]*\.py:[A-Za-z_][A-Za-z0-9_]*",
)


@dataclass(frozen=True)
class InPython:
    """A name in a Python file of the course."""

    def read(self, value: Any, path: Path) -> str:
        text = IN_PYTHON.read(value, path)
        Place().read(text.partition(":")[0], path)
        return text


@dataclass(frozen=True)
class Lines:
    """A text of any number of lines."""

    longest: int = 20_000  # characters

    def read(self, value: Any, path: Path) -> str:
        if not isinstance(value, str) or not re.search(rf"[^{BLANKS}]", value) or "\0" in value:
            raise Wrong(path, f"it must be a text, not {shown(value)}")
        if len(value) > self.longest:
            raise Wrong(path, f"it must have {self.longest} characters at most, not {len(value)}")
        return value


@dataclass(frozen=True)
class OneOrMore:
    """A value of this kind, or a list of such values."""

    kind: Kind

    def read(self, value: Any, path: Path) -> tuple[Any, ...]:
        if isinstance(value, list):
            return Several(self.kind).read(value, path)
        return (self.kind.read(value, path),)
