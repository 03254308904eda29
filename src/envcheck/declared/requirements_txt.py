"""pip's lists: requirements.txt and the lists that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from envcheck.declared.declared import Declared, Source
from envcheck.errors import UsageProblem

if TYPE_CHECKING:
    from pip_requirements_parser import RequirementsFile

MOST_FILES = 20  # that name each other


def read(source: Source, seen: frozenset[str] = frozenset()) -> Iterator[Declared]:
    """The packages that pip would install from it. What it names by an address alone, itself (`.`)
    included, has no name that could be looked for, and is left out. Raises UsageProblem with its line.
    """
    if source.name in seen:
        return
    seen |= {source.name}
    if len(seen) > MOST_FILES:
        raise UsageProblem(f"{source.path}: more than {MOST_FILES} lists name each other")
    parsed = _parsed(source)
    for bad in parsed.invalid_lines:
        line = bad.requirement_line
        raise UsageProblem(
            f"{source.path}:{line.line_number}: pip cannot read this line: {line.line}"
        )
    for row in parsed.requirements:
        if row.name:
            yield Declared(_requirement(row), source.name, row.requirement_line.line_number)
    for option in parsed.options:
        for name in option.options.get("requirements") or ():
            yield from read(source.beside(name), seen)


def _parsed(source: Source) -> RequirementsFile:
    from pip_requirements_parser import RequirementsFile

    source.text()  # within bounds, and no pipe that would be waited for
    try:
        return RequirementsFile.from_file(str(source.path), include_nested=False)
    except Exception as error:  # a parser of another project: it may raise anything
        raise UsageProblem(f"{source.path}: it cannot be read: {error}") from error


def _requirement(row: Any) -> str:  # the parser has no types
    extras = f"[{','.join(sorted(row.extras))}]" if row.extras else ""
    marker = f"; {row.marker}" if row.marker else ""
    return f"{row.name}{extras}{row.specifier or ''}{marker}"
