"""What a course's own files declare, each with the file and the line that say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Declared:
    """A package. `requirement` is one of PEP 508, without an address; `file` as the course names it,
    `line` from 1, 0 where it has none. `conda` is the name in a list of conda's, empty in pip's.

    `on_index` is False where nobody has verified what the index calls it, or where it is the course's
    own, comes from an address or from an `index` of the list's own: pip must not install that name from
    the public index. Whoever makes one has to say which. `address` is where it comes from, in pip's
    spelling; empty where nobody has one.
    """

    requirement: str
    file: str
    line: int = 0
    conda: str = ""
    on_index: bool = field(kw_only=True)
    address: str = field(default="", kw_only=True)
    index: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Constraint:
    """A package that need not be there, in the versions that it has where it is (`-c`).
    `by_address`: and from nowhere else than an address.
    """

    requirement: str
    file: str
    line: int = 0
    by_address: bool = False


@dataclass(frozen=True)
class DeclaredPython:
    """Versions of Python, as a PEP 440 specifier."""

    versions: str
    file: str
    line: int = 0


@dataclass(frozen=True)
class Program:
    """A command that a list of conda's asks for; `versions` is a PEP 440 specifier."""

    command: str
    versions: str
    file: str
    line: int = 0


@dataclass(frozen=True)
class LeftOut:
    """A line that names nothing which could be looked for: an address, the course itself, a library."""

    text: str
    file: str
    line: int = 0


@dataclass(frozen=True)
class OwnIndex:
    """A list of pip's, and all that it is read together with, takes from another index, too."""

    address: str
    file: str
    line: int = 0


@dataclass(frozen=True)
class Unread:
    """What cannot be read, and why: not by us, nor by the tool that it is meant for.
    `of_another_purpose`: the whole file is in order, and lists no packages; `named_by` is the place in
    another file that names this one, empty where the course does.
    """

    reason: str
    file: str
    line: int = 0
    of_another_purpose: bool = False
    named_by: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        why = f"; {self.named_by} names this file" if self.named_by else ""
        return f"{place}: {self.reason}{why}"


@dataclass(frozen=True)
class EnvironmentName:
    """How the environment is called that a list of conda's makes."""

    name: str
    file: str
    line: int = 0


@dataclass(frozen=True)
class Group:
    """Packages that are asked for by a name of their own: an extra, or a dependency group."""

    name: str
    file: str
    line: int = 0


Row = (
    Declared
    | Constraint
    | DeclaredPython
    | Program
    | LeftOut
    | Unread
    | EnvironmentName
    | Group
    | OwnIndex
)


@dataclass(frozen=True)
class Declarations:
    """All that a file says, with the files that it names in turn."""

    packages: tuple[Declared, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    pythons: tuple[DeclaredPython, ...] = ()
    programs: tuple[Program, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[Unread, ...] = ()
    names: tuple[EnvironmentName, ...] = ()
    groups: tuple[Group, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Declarations:
        """The rows, sorted by what they are."""
        given = tuple(rows)
        return cls(
            tuple(row for row in given if isinstance(row, Declared)),
            tuple(row for row in given if isinstance(row, Constraint)),
            tuple(row for row in given if isinstance(row, DeclaredPython)),
            tuple(row for row in given if isinstance(row, Program)),
            tuple(row for row in given if isinstance(row, LeftOut)),
            tuple(row for row in given if isinstance(row, Unread)),
            tuple(row for row in given if isinstance(row, EnvironmentName)),
            tuple(row for row in given if isinstance(row, Group)),
        )
