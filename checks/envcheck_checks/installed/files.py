"""What is on disk of an installed distribution, against what its RECORD says: missing, cut short, or made for another machine."""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.target.interpreter import Distribution, Interpreter, interpreter
from envcheck_checks.installed.codes import (
    PACKAGE_INCOMPLETE,
    PACKAGE_OTHER_ARCHITECTURE,
    PACKAGE_OTHER_LIBC,
    PACKAGE_OTHER_PYTHON,
)
from envcheck_checks.installed.permissions import not_readable
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.machine import antivirus, long_paths

ELF_MACHINES = {
    3: "x86 (32-bit)",
    40: "arm (32-bit)",
    62: "x86_64",
    183: "arm64 (aarch64)",
    243: "riscv64",
}
MACH_MACHINES = {0x01000007: "x86_64", 0x0100000C: "arm64"}
PE_MACHINES = {0x14C: "x86 (32-bit)", 0x8664: "x86_64", 0xAA64: "arm64"}
QUOTED = re.compile(r"['\"]([^'\"\n]+)['\"]")
TAG = re.compile(r"\.(?:cpython-|cp)(\d)(\d+)")


class Damage(str, Enum):
    MISSING = "missing"
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


def diagnose(env: Environment, names: Iterable[str], *, data: bool = False) -> Diagnosis | None:
    """The first of these distributions that is damaged on disk; all that are damaged alike are mended together.

    `data`: files that are no code count too: pages, templates, tables.
    """
    python, names = interpreter(env), list(names)
    closed = not_readable(env, names)
    if closed is not None:
        return closed
    damaged = [
        damage
        for name in names
        if (distribution := python.installed.get(name))
        and (damage := look(python, distribution, data=data))
    ]
    return _told(env, python, damaged) if damaged else None


def lost(env: Environment, output: str) -> Diagnosis | None:
    """The distribution that lists the file which a program says it did not find: a font, a page, a table."""
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
            return _told(
                env, python, [Damaged(owner, Damage.MISSING, str(path), f"{path.name} is missing")]
            )
    return None


def _lists(distribution: Distribution, path: Path) -> bool:
    return path.is_relative_to(distribution.folder) and path.relative_to(
        distribution.folder
    ).as_posix() in dict(recorded(distribution))


def _told(env: Environment, python: Interpreter, damaged: list[Damaged]) -> Diagnosis:
    first = damaged[0]
    if first.damage is Damage.MISSING and (
        too_long := long_paths.lost(env, first.file, first.distribution.name)
    ):
        return too_long
    alike = [package.distribution.name for package in damaged if package.damage is first.damage]
    fix = reinstall(env, python, alike, f"reinstall {', '.join(alike)}")
    code, summary = _words(first, alike)
    return fail(
        code,
        summary,
        fix,
        found=first.detail,
        wanted=f"the files that {first.distribution.entry} lists",
        looked_in=first.file,
        note=antivirus.note(env, first.file),
    )


def look(python: Interpreter, distribution: Distribution, *, data: bool = False) -> Damaged | None:
    """The first file that is not there, is empty though it should not be, or is built for something else."""
    for relative, size in recorded(distribution):
        path = Path(distribution.folder, relative)
        name = path.name
        if "__pycache__" in path.parts or ".." in path.parts or name.endswith((".pyc", ".pyi")):
            continue
        try:
            there = path.stat().st_size
        except OSError:
            if data or name.endswith((".py", ".so", ".pyd", ".dylib")) or ".so." in name:
                return Damaged(distribution, Damage.MISSING, str(path), f"{relative} is missing")
            continue
        if size and not there and name.endswith((".py", ".so", ".pyd")):
            return Damaged(
                distribution,
                Damage.MISSING,
                str(path),
                f"{relative} is empty, and should have {size} bytes",
            )
        if there < size and name.endswith((".so", ".pyd")):
            return Damaged(
                distribution,
                Damage.MISSING,
                str(path),
                f"{relative} is cut short: {there} of {size} bytes",
            )
        if name.endswith((".so", ".pyd")) and (damage := _extension(python, distribution, path)):
            return damage
    return _stray_extensions(python, distribution)


def _stray_extensions(python: Interpreter, distribution: Distribution) -> Damaged | None:
    """Extensions that RECORD does not list, beside a package that has none for this Python: a copied folder."""
    folder = Path(distribution.folder, distribution.name.replace("-", "_"))
    try:
        files = sorted(folder.rglob("*.so")) if os.path.isdir(folder) else []
    except OSError:
        return None
    tagged = [file for file in files if TAG.search(file.name)]
    others = [file for file in tagged if not _fits(python, file)]
    if others and not any(_fits(python, file) for file in tagged):
        return Damaged(
            distribution,
            Damage.OTHER_PYTHON,
            str(others[0]),
            f"{others[0].name}, and this is Python {python.version}",
        )
    return None


def _extension(python: Interpreter, distribution: Distribution, path: Path) -> Damaged | None:
    machine = machine_of(path)
    if machine and _native(python) and machine != _native(python):
        return Damaged(
            distribution,
            Damage.OTHER_MACHINE,
            str(path),
            f"{path.name} is for {machine}, and this Python is {_native(python)}",
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


def _fits(python: Interpreter, file: Path) -> bool:
    hit = TAG.search(file.name)
    return hit is None or (int(hit[1]), int(hit[2])) == python.version_info or ".abi3." in file.name


def machine_of(path: Path) -> str:
    """Which processor a compiled file is for, from its first bytes; empty when it cannot be told."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError:
        return ""
    if head[:4] == b"\x7fELF" and len(head) > 20:
        return ELF_MACHINES.get(struct.unpack("<H", head[18:20])[0], "")
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return MACH_MACHINES.get(struct.unpack("<I", head[4:8])[0], "")
    if head[:2] == b"MZ" and len(head) > 64:
        start = struct.unpack("<I", head[60:64])[0]
        return (
            PE_MACHINES.get(struct.unpack("<H", head[start + 4 : start + 6])[0], "")
            if start + 6 <= len(head)
            else ""
        )
    return ""


def libc_of(path: Path) -> str:
    """musl or glibc, by the library that the file asks for."""
    try:
        with path.open("rb") as file:
            data = file.read(4_000_000)
    except OSError:
        return ""
    if b"libc.musl-" in data or b"ld-musl-" in data:
        return "musl"
    return "glibc" if b"libc.so.6" in data else ""


def _native(python: Interpreter) -> str:
    for word, machine in (
        ("x86_64", "x86_64"),
        ("amd64", "x86_64"),
        ("aarch64", "arm64 (aarch64)"),
        ("arm64", "arm64"),
    ):
        if python.machine.endswith(word):
            return machine
    return ""


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
    return (
        PACKAGE_INCOMPLETE,
        f"{names} {are} installed incompletely: the metadata is there, and files are missing",
    )
