"""Files that name a Python alone: runtime.txt of Binder's, .python-version of pyenv's and uv's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from envcheck.declared.declared import DeclaredPython, LeftOut, Row, Unread
from envcheck.declared.source import Source, Unreadable

VERSION = re.compile(r"(?:c?python[-@]?)?(?P<version>3(?:\.\d+){0,2})(?:[/\-+].*)?", re.IGNORECASE)
SPECIFIER = re.compile(r"(?:python)?\s*(?P<bounds>[<>=!~][\d.,<>=!~*\s]+)", re.IGNORECASE)

# The last day of each Python (devguide.python.org/versions, November 2026).
LAST_DAYS = {
    (2, 7): date(2020, 1, 1),
    (3, 5): date(2020, 9, 30),
    (3, 6): date(2021, 12, 23),
    (3, 7): date(2023, 6, 27),
    (3, 8): date(2024, 10, 7),
    (3, 9): date(2025, 10, 31),
    (3, 10): date(2026, 10, 31),
    (3, 11): date(2027, 10, 31),
}


def read(source: Source) -> Iterator[Row]:
    """The first Python that it names; others are spare ones of pyenv's."""
    try:
        lines = source.text(10_000).split("\n")
    except Unreadable as problem:
        yield problem.unread
        return
    written = [(number, line.partition("#")[0].strip()) for number, line in enumerate(lines, 1)]
    entries = [(number, line) for number, line in written if line]
    for number, line in entries:
        if match := VERSION.fullmatch(line):
            yield DeclaredPython(pinned(match["version"]), source.name, number)
            return
        if (match := SPECIFIER.fullmatch(line)) and (bounds := specifier(match["bounds"])):
            yield DeclaredPython(bounds, source.name, number)
            return
    if entries:
        number, line = entries[0]
        if re.fullmatch(r"[A-Za-z][\w.@+/-]{0,60}", line):  # `r-4.1`, an environment of pyenv's
            yield LeftOut(line, source.name, number)
        else:
            yield Unread("it names no version of Python", source.name, number)
    else:
        yield Unread("it names no version of Python", source.name)


def pinned(version: str) -> str:
    """`3.11` as PEP 440 says it: any 3.11."""
    return f"=={version}" if version.count(".") == 2 else f"=={version}.*"


def specifier(text: str) -> str:
    """A PEP 440 specifier as it is written; empty for what is none."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return str(SpecifierSet(text))
    except InvalidSpecifier:
        return ""
