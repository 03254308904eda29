"""Two lists for the same learners that no version satisfies, of a package or of Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from envcheck.adopt.asked.alternatives import Listing
from envcheck.versions import name_of, normal_name, specifier_of

PIN = re.compile(r"={2,3}(?P<version>\d[\w.!+]*?)(?P<any>\.\*)?")
VERSION = re.compile(r"\d[\w.!+]*")
PYTHON = "python"


@dataclass(frozen=True)
class Wants:
    """A line of a list with versions; `name` is normalised."""

    name: str
    versions: str
    file: str
    line: int

    @property
    def text(self) -> str:
        return f"{self.name}{self.versions}"

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Disagreement:
    here: Wants
    other: Wants


def disagreements(listings: Iterable[Listing]) -> Iterator[Disagreement]:
    """Each line once, with the first before it that it can never agree with."""
    before: dict[str, list[Wants]] = {}
    for row in dict.fromkeys(_rows(listings)):
        rows = before.setdefault(row.name, [])
        other = next((each for each in rows if not _agree(each.versions, row.versions)), None)
        if other is not None:
            yield Disagreement(row, other)
        rows.append(row)


def _rows(listings: Iterable[Listing]) -> Iterator[Wants]:
    """What holds on every machine: lines with a marker may be for two of them."""
    for listing in listings:
        for python in listing.pythons:
            yield Wants(PYTHON, python.versions, python.file, python.line)
        for row in listing.packages:
            versions = specifier_of(row.requirement).strip()
            if versions and ";" not in row.requirement:
                name = normal_name(name_of(row.requirement))
                yield Wants(name, versions, row.file, row.line)


def _agree(first: str, then: str) -> bool:
    """Whether a version may be both. Of two ranges nobody is sure."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion

    pin = PIN.fullmatch(first) or PIN.fullmatch(then)
    if pin is None:
        return True
    try:
        both = SpecifierSet(f"{first},{then}".replace("===", "=="))
        return any(
            both.contains(version, prereleases=True) for version in _tried(pin, f"{first},{then}")
        )
    except (InvalidSpecifier, InvalidVersion):
        return True


def _tried(pin: re.Match[str], versions: str) -> Iterator[str]:
    """The pin's own version; where any behind it will do, those around each bound too."""
    yield pin["version"]
    if pin["any"]:
        yield f"{pin['version']}.99999"
        for version in VERSION.findall(versions):
            start, _, last = version.rpartition(".")
            yield version
            if last.isdecimal():
                yield f"{start}.{int(last) + 1}".lstrip(".")
                yield f"{version}.1"
