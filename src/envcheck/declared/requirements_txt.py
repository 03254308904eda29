"""pip's lists: requirements.txt and the lists that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from envcheck.declared import own_index, plain_lines
from envcheck.declared.declared import Constraint, Declared, LeftOut, OwnIndex, Row, Unread
from envcheck.declared.source import Source, Unreadable

if TYPE_CHECKING:
    from pip_requirements_parser import RequirementsFile

MOST_FILES = 20  # that name each other
# Behind a package, since pip 23.1: how it is built (`--config-setting` is short for it).
SETTINGS = re.compile(
    r"""(?<=[^\s#])[ \t]+(?:-C[ \t]*|--config-settings?[ \t=]+)(?:"[^"\n]*"|'[^'\n]*'|[^\s"'])+"""
)
# On a line of its own, since pip 23.1, 25.3 and 26.0.
SINCE = re.compile(
    r"^[ \t]*--(?:no-require-hashes|(?:all-releases|only-final)[ \t=]+\S+)[ \t]*$", re.MULTILINE
)
LONGEST = 80  # characters of somebody's line that are repeated


@dataclass(frozen=True)
class List:
    """A list of pip's. `bounds`: it is one of constraints (`-c`); `above` are those that named it."""

    source: Source
    bounds: bool = False
    above: frozenset[tuple[str, bool]] = frozenset()

    def named(self, name: str, line: int, bounds: bool) -> List:
        """A list that this one names. Raises Unreadable."""
        seen = self.above | {(self.source.name, self.bounds)}
        if len(seen) > MOST_FILES:
            raise self.source.unreadable(f"more than {MOST_FILES} lists name each other", line)
        return List(self.source.beside(name, line), bounds or self.bounds, seen)


def read(source: Source, *, bounds: bool = False) -> Iterator[Row]:
    """The packages that pip would install from it, or with `bounds` the versions that it allows. What
    it names by an address alone, itself (`.`) included, is left out.
    """
    return _of_their_index(_read(List(source, bounds)))


def lines(source: Source, written: Sequence[tuple[int, str]]) -> Iterator[Row]:
    """Lines of pip's in another file, such as those under `pip:` in one of conda's."""
    texts = [" ".join(text.split()) for _, text in written]
    rows = _every(List(source), texts, [number for number, _ in written])
    yield from _of_their_index(rows)


def _of_their_index(rows: Iterable[Row]) -> Iterator[Row]:
    """To pip an option of one list holds for all that it reads."""
    every = [*rows]
    index = next((row.address for row in every if isinstance(row, OwnIndex)), "")
    yield from own_index.marked(every, index, {})


def _read(list: List) -> Iterator[Row]:
    if (list.source.name, list.bounds) in list.above:
        return
    try:
        text = list.source.text()  # within bounds, and no pipe that would be waited for
        if re.match(r"\s*<(?:!doctype|html)", text, re.IGNORECASE):
            raise list.source.unreadable("it is a web page, and no list of packages", 1)
        written = text.splitlines()  # as pip does: a form feed ends a line, too
    except Unreadable as problem:
        yield problem.unread
        return
    yield from _every(list, written, range(1, len(written) + 2))


def _every(list: List, written: Sequence[str], numbers: Sequence[int]) -> Iterator[Row]:
    plain = plain_lines.requirements(written)
    if plain is not None:
        for line, asked in plain:
            yield _package(list.bounds, asked, (list.source.name, numbers[line - 1]))
        return
    try:
        parsed = _parsed(list.source, "\n".join(written))
    except Unreadable as problem:
        yield problem.unread
        return
    yield from _rows(list, parsed, numbers)


def _package(
    bounds: bool, requirement: str, place: tuple[str, int], address: str | None = None
) -> Row:
    """A package, or its bounds. `address` is where pip gets it, None where that is an index."""
    if bounds:
        return Constraint(requirement, *place, by_address=address is not None)
    return Declared(requirement, *place, on_index=address is None, address=address or "")


def _parsed(source: Source, text: str) -> RequirementsFile:
    """The parser reads files alone, in this system's own letters; all that pip reads is ASCII."""
    from tempfile import TemporaryDirectory

    from pip_requirements_parser import RequirementsFile

    try:
        with TemporaryDirectory() as folder:
            copy = Path(folder, "requirements.txt")
            copy.write_text(_as_parsed(text), encoding="ascii", errors="replace", newline="\n")
            return RequirementsFile.from_file(str(copy), include_nested=False)
    except Exception as error:  # noqa: BLE001  # a parser of another project: it may raise anything
        raise source.unreadable(f"it cannot be read: {_short(str(error))}") from None


def _as_parsed(text: str) -> str:
    """Without what pip has learned since the parser was written; none of it says which packages come."""
    return SINCE.sub("", SETTINGS.sub("", text)) if "-C" in text or "--" in text else text


def _rows(list: List, parsed: RequirementsFile, numbers: Sequence[int]) -> Iterator[Row]:
    def place(row: Any) -> tuple[str, int]:  # the parser has no types
        return list.source.name, numbers[row.requirement_line.line_number - 1]

    for bad in parsed.invalid_lines:
        yield _bad(bad, *place(bad))
    for row in parsed.requirements:
        yield _row(row, list.bounds, *place(row))
    for option in parsed.options:
        if index := own_index.private(*map(option.options.get, own_index.OPTIONS)):
            yield OwnIndex(index, *place(option))
        for kind in ("requirements", "constraints"):
            for name in option.options.get(kind) or ():
                yield from _named(list, name, place(option)[1], kind == "constraints")


def _named(list: List, name: str, line: int, bounds: bool) -> Iterator[Row]:
    if name.lower().startswith(("http://", "https://")):
        yield LeftOut(_short(name), list.source.name, line)
        return
    try:
        other = list.named(name, line, bounds)
    except Unreadable as problem:
        yield problem.unread
        return
    yield from _read(other)


def _bad(row: Any, file: str, line: int) -> Row:  # the parser has no types
    return Unread(f"pip cannot read this line: {_short(row.requirement_line.line)}", file, line)


def _row(row: Any, bounds: bool, file: str, line: int) -> Row:  # the parser has no types
    text = row.requirement_line.line
    if re.search(r"(?:^|[\s@])file:", text):
        reason = "names a file of another machine; write the package and its version"
        return Unread(f"`{_short(text)}` {reason}", file, line)
    if not row.name:
        return LeftOut(_short(text), file, line)
    return _package(bounds, _requirement(row), (file, line), _address(row))


def _address(row: Any) -> str | None:  # the parser has no types
    """Where pip gets it: an address, or a folder or file, which only this list's own folder leads to
    (empty); None for an index. A name behind `#egg=`, or in a file's name, is of no index either.
    """
    if row.link is None:
        return None
    return str(row.link.url) if "://" in row.link.url else ""


def _requirement(row: Any) -> str:  # the parser has no types
    extras = f"[{','.join(sorted(row.extras))}]" if row.extras else ""
    marker = f"; {row.marker}" if row.marker else ""
    return f"{row.name}{extras}{row.specifier or ''}{marker}"


def _short(text: str) -> str:
    """Somebody's line as it is spoken of: without a password, on one line."""
    text = re.sub(r"(?<=://)[^/@\s]*@", "", " ".join(text.split()))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
