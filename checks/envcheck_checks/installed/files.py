"""What is on disk of an installed distribution, against what its RECORD says: missing, cut short,
or made for another machine.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from envcheck import Diagnosis, Environment, fail, places
from envcheck.foreign_file import matching
from envcheck.target.interpreter import Distribution, Interpreter, interpreter
from envcheck_checks.installed import notes
from envcheck_checks.installed.anew import anew
from envcheck_checks.installed.codes import (
    PACKAGE_INCOMPLETE,
    PACKAGE_OTHER_ARCHITECTURE,
    PACKAGE_OTHER_LIBC,
    PACKAGE_OTHER_PYTHON,
)
from envcheck_checks.installed.compiled import TAG, fits, libc_of, machine_of, machine_of_python
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.machine import antivirus, long_paths

OF_DATA = {"share", "etc"}  # an environment's folders of pages and of settings that packages bring
QUOTED = re.compile(r"['\"]([^'\"\n]+)['\"]")


class Damage(str, Enum):
    """How a distribution on disk cannot work."""

    MISSING = "missing"
    NOTES = "notes"
    OTHER_PYTHON = "other python"
    OTHER_MACHINE = "other machine"
    OTHER_LIBC = "other libc"


@dataclass(frozen=True)
class Damaged:
    """A distribution that cannot work as it lies there, and the file that shows it."""

    distribution: Distribution
    damage: Damage
    file: str
    detail: str


def diagnose(
    env: Environment, names: Iterable[str], *, data: bool = False, everything: Sequence[str] = ()
) -> Diagnosis | None:
    """The first of these distributions that is damaged on disk; all that are damaged alike are mended
    together. `data`: files that are no code count too: pages, templates, tables. `everything` is
    what the chapter needs, for an environment of its own.
    """
    python = interpreter(env)
    damaged = [
        damage
        for name in names
        if (distribution := python.installed.get(name))
        and (damage := look(python, distribution, data=data))
    ]
    return _to_diagnosis(env, python, damaged, everything) if damaged else None


def find_lost_file(env: Environment, output: str) -> Diagnosis | None:
    """The distribution that lists the file which a program says it did not find: a font, a page, a
    table.

    `output` is what the program said. None when no distribution lists it, or it is there.
    """
    python = interpreter(env)
    for path in map(Path, QUOTED.findall(output)):
        owner = (
            next(
                (
                    distribution
                    for distribution in python.distributions
                    if _lists(distribution, path)
                ),
                None,
            )
            if path.is_absolute()
            else None
        )
        if owner is not None and not os.path.lexists(path):
            return _to_diagnosis(
                env, python, [Damaged(owner, Damage.MISSING, str(path), f"{path.name} is missing")]
            )
    return None


def _lists(distribution: Distribution, path: Path) -> bool:
    inside = places.within(path, distribution.folder)
    return inside is not None and inside.as_posix() in dict(recorded(distribution))


def _to_diagnosis(
    env: Environment, python: Interpreter, damaged: list[Damaged], everything: Sequence[str] = ()
) -> Diagnosis:
    first = damaged[0]
    if first.damage is Damage.MISSING and (
        too_long := long_paths.diagnose_refused_file(env, first.file, first.distribution.name)
    ):
        return too_long
    alike = [package.distribution.name for package in damaged if package.damage is first.damage]
    fix = anew(env, python, alike, everything)
    code, summary = _words(first, alike)
    return fail(
        code,
        summary,
        fix,
        found=first.detail,
        wanted="whole metadata"
        if first.damage is Damage.NOTES
        else f"the files that {first.distribution.entry} lists",
        looked_in=first.file,
        note=antivirus.note(env, first.file),
    )


def look(python: Interpreter, distribution: Distribution, *, data: bool = False) -> Damaged | None:
    """The first file that is not there, is empty though it should not be, or is built for something
    else; its own notes before all others, which list them.
    """
    if unreadable := _unreadable_notes(distribution):
        return unreadable
    for relative, size in recorded(distribution):
        if not _counts(relative, data):
            continue
        if damaged := _look_at(python, distribution, relative, size, data=data):
            return damaged
    return _stray_extensions(python, distribution)


def _look_at(
    python: Interpreter, distribution: Distribution, relative: str, size: int, *, data: bool
) -> Damaged | None:
    path = Path(distribution.folder, relative)
    path = Path(os.path.normpath(path)) if ".." in relative else path
    name, compiled = path.name, relative.endswith((".so", ".pyd"))
    try:
        there = path.stat().st_size
    except OSError:
        lost = data or name.endswith((".py", ".so", ".pyd", ".dylib")) or ".so." in name
        why = f"{relative} is missing" if lost else ""
    else:
        may_be_cut = compiled or name.endswith(".py") or (data and name.endswith(".js"))
        why = _shortened(relative, there, size) if may_be_cut else ""
    if why:
        return Damaged(distribution, Damage.MISSING, str(path), why)
    return _extension(python, distribution, path) if compiled else None


def _shortened(relative: str, there: int, size: int) -> str:
    """How it is less than was installed; empty where it is not. A text may have been edited."""
    if size and not there:
        return f"{relative} is empty, and should have {size} bytes"
    cut = there < size and not relative.endswith(".py")
    return f"{relative} is cut short: {there} of {size} bytes" if cut else ""


def _unreadable_notes(distribution: Distribution) -> Damaged | None:
    why = notes.unreadable(distribution)
    place = Path(distribution.folder, distribution.entry)
    return Damaged(distribution, Damage.NOTES, str(place), why) if why else None


def _counts(relative: str, data: bool) -> bool:
    """Not what Python makes anew, and not scripts: another check looks at these."""
    if relative.endswith((".pyc", ".pyi")):
        return False
    if ".." not in relative and "__pycache__" not in relative:
        return True  # most of the thousands
    parts = Path(relative).parts
    outside = ".." in parts and not (data and OF_DATA & {*parts})
    return not outside and "__pycache__" not in parts


def _stray_extensions(python: Interpreter, distribution: Distribution) -> Damaged | None:
    """Extensions that RECORD does not list, beside a package that has none for this Python: a
    copied folder.
    """
    folder = Path(distribution.folder, distribution.name.replace("-", "_"))
    files = matching(folder, "**/*.so")
    tagged = [file for file in files if TAG.search(file.name)]
    others = [file for file in tagged if not fits(python, file)]
    if others and not any(fits(python, file) for file in tagged):
        return Damaged(
            distribution,
            Damage.OTHER_PYTHON,
            str(others[0]),
            f"{others[0].name}, and this is Python {python.version}",
        )
    return None


def _extension(python: Interpreter, distribution: Distribution, path: Path) -> Damaged | None:
    machine, own_machine = machine_of(path), machine_of_python(python)
    if machine and own_machine and machine != own_machine:
        return Damaged(
            distribution,
            Damage.OTHER_MACHINE,
            str(path),
            f"{path.name} is for {machine}, and this Python is {own_machine}",
        )
    if sys.platform.startswith("linux"):
        libc = libc_of(path)
        own = libc_of(Path(python.executable).resolve())
        if libc and own and libc != own:
            return Damaged(
                distribution,
                Damage.OTHER_LIBC,
                str(path),
                f"{path.name} is for {libc}, and this Python uses {own}",
            )
    return None


def _words(first: Damaged, alike: list[str]) -> tuple[str, str]:
    names, are = ", ".join(alike), "is" if len(alike) == 1 else "are"
    if first.damage is Damage.OTHER_MACHINE:
        return (
            PACKAGE_OTHER_ARCHITECTURE,
            f"{names} {are} built for another processor architecture, incompatible with this Python",
        )
    if first.damage is Damage.OTHER_LIBC:
        return (
            PACKAGE_OTHER_LIBC,
            f"{names} {are} built for another C library (libc: musl, not glibc, or the reverse): a wheel of another system",
        )
    if first.damage is Damage.OTHER_PYTHON:
        return (
            PACKAGE_OTHER_PYTHON,
            f"{names} {are} compiled for some other version of Python: copied here, not installed",
        )
    if first.damage is Damage.NOTES:
        return (
            PACKAGE_INCOMPLETE,
            f"{names} {are} installed incompletely: the files are there, and what they say of themselves cannot be read",
        )
    return (
        PACKAGE_INCOMPLETE,
        f"{names} {are} installed incompletely: the metadata is there, and files are missing",
    )
