"""What the files of a chapter ask for, as the course means it: `requires` names them, `pins` says how
an exact version in them is taken.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck.course_file.blame import wrong_item
from envcheck.course_file.values import AT_LEAST, CourseChapter, CourseFile
from envcheck.declared import misnamed
from envcheck.declared.declared import Constraint, Declarations, Declared, DeclaredPython, Program
from envcheck.declared.reading import Useless, read
from envcheck.versions import allows, at_least, normal_name

NEWEST = 40  # the last minor version of Python 3 that a bound is tried on


@dataclass(frozen=True)
class Lists:
    """`packages` have the bounds of `-c` among them; `python` is a PEP 440 specifier, empty where no
    file names a Python.
    """

    packages: tuple[Declared, ...] = ()
    python: str = ""
    programs: tuple[Program, ...] = ()


def lists_of(
    file: CourseFile, chapter: CourseChapter, read: Callable[[Path, str], Declarations] = read
) -> Lists:
    """The lists that the course names for all and for this chapter. `read` reads one, by the course's
    folder and its name. Raises UsageProblem with file and line.
    """
    for name in chapter.asked.requires:
        path = name.partition("[")[0]
        if not os.path.lexists(file.folder / path):
            reason = f"{path}: it cannot be read: there is no such file"
            raise wrong_item(file.file, chapter.id, ("requires", name), reason)
    given = []
    for name in chapter.asked.requires:
        try:
            given.append(read(file.folder, name))
        except Useless as useless:
            reason = f"{name}: {useless.reason}"
            raise wrong_item(file.file, chapter.id, ("requires", name), reason) from None
    pythons = [row for each in given for row in each.pythons]
    return Lists(
        tuple(_packages(given, file.pins)),
        chapter.asked.python or _python(file, chapter, pythons),
        tuple(
            replace(program, versions=bounds(program.versions, file.pins))
            for each in given
            for program in each.programs
        ),
    )


def _packages(given: Iterable[Declarations], pins: str) -> Iterable[Declared]:
    packages = [misnamed.as_meant(row) for each in given for row in each.packages]
    asked = {_name(row.requirement): row for row in packages}
    limits = [
        _limit(row, asked[name])
        for each in given
        for row in each.constraints
        if (name := _name(row.requirement)) in asked
    ]
    for row in (*packages, *limits):
        yield replace(row, requirement=loosened(row.requirement, pins))


def _limit(row: Constraint, asked: Declared) -> Declared:
    """Bounds say nothing of an index; an address in their place is where pip gets the package."""
    limit = replace(asked, requirement=row.requirement, file=row.file, line=row.line)
    return replace(limit, on_index=False, conda="") if row.by_address else limit


def _python(file: CourseFile, chapter: CourseChapter, pythons: list[DeclaredPython]) -> str:
    """All that the files say of the Python. Raises UsageProblem where no Python can be all of it."""
    specifiers = [bounds(row.versions, file.pins) for row in pythons]
    specifier = ",".join(dict.fromkeys(part for part in specifiers if part))
    if specifier and not _is_possible(specifier):
        places = " and ".join(f"{row.file}:{row.line}" for row in pythons)
        reason = f"no Python is {specifier}, which {places} ask for together"
        raise wrong_item(file.file, chapter.id, ("requires", chapter.asked.requires[-1]), reason)
    return specifier


def _is_possible(specifier: str) -> bool:
    """Whether there is a Python that it takes: any that its bounds name, or one near them."""
    named = [part.strip("<>=!~ ").removesuffix(".*") for part in specifier.split(",")]
    usual = [f"3.{minor}.{micro}" for minor in range(NEWEST) for micro in range(26)]
    return any(allows(specifier, version) for version in (*named, *usual))


def _name(requirement: str) -> str:
    from packaging.requirements import Requirement

    return normal_name(Requirement(requirement).name)


def loosened(text: str, pins: str) -> str:
    """The requirement, with an exact version taken as the lowest one unless pins are exact. One that has
    no order (`===1.21.x`) stays as it is.
    """
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

    wanted = Requirement(text)
    wanted.specifier = SpecifierSet(bounds(str(wanted.specifier), pins))
    return str(wanted)


def bounds(specifier: str, pins: str) -> str:
    """The same of a PEP 440 specifier."""
    from packaging.specifiers import SpecifierSet

    if pins != AT_LEAST:
        return specifier
    parts = [
        (at_least(part.version) if part.operator in ("==", "===") else "") or str(part)
        for part in SpecifierSet(specifier)
    ]
    return ",".join(sorted(parts))
