"""Which browsers are there: by PATH, by what the desktop opens pages with, and in the places where each system keeps them."""

from __future__ import annotations

import configparser
import contextlib
import os
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from envcheck import Environment, fact
from envcheck_checks.browser.catalogue import (
    FLATPAKS,
    MAC,
    PROGRAMS,
    SNAPS,
    WINDOWS,
    Browser,
    Family,
    named,
)
from envcheck_checks.browser.display import Machine, machine

SNAP_FOLDERS = ("/snap/bin", "/var/lib/snapd/snap/bin")
FLATPAK_FOLDERS = ("~/.local/share/flatpak/exports", "/var/lib/flatpak/exports")
MAC_FOLDERS = ("/Applications", "~/Applications", "/System/Cryptexes/App/System/Applications")


@fact
def browsers(env: Environment) -> tuple[Browser, ...]:
    """The browsers of this machine: BROWSER's first, then the one that the desktop opens pages with."""
    return find(machine(env))


def find(one: Machine) -> tuple[Browser, ...]:
    """Each browser once: a second name of the same one says nothing new."""
    kept: dict[tuple[str, str], Browser] = {}
    for browser in _all(one):
        kept.setdefault((browser.name, browser.sealed), browser)
    return tuple(kept.values())


def chosen(one: Machine) -> Browser | None:
    """The browser that pages are opened with: BROWSER's, or else the desktop's. None where nobody has chosen."""
    return next(
        (
            browser
            for found in (_by_names(one, one.asked_for), _of_desktop(one))
            for browser in found
        ),
        None,
    )


def drivable(found: tuple[Browser, ...]) -> tuple[Browser, ...]:
    """Those that can be driven; the sealed ones, which may see nothing of ours, last."""
    return tuple(
        sorted(
            (one for one in found if one.family is not Family.OTHER),
            key=lambda one: bool(one.sealed),
        )
    )


def _all(one: Machine) -> Iterator[Browser]:
    yield from _by_names(one, one.asked_for)
    if one.system == "darwin":
        yield from _of_mac(one)
    elif one.system == "win32":
        yield from _of_windows(one)
    else:
        yield from _of_desktop(one)
    yield from _by_names(one, PROGRAMS)
    if one.is_linux:
        yield from _snaps(one)
        yield from _flatpaks(one)


def _by_names(one: Machine, names: Iterable[str]) -> Iterator[Browser]:
    for name in names:
        program = one.which(name)
        if program and (browser := recognized(one, program)):
            yield browser


def recognized(one: Machine, program: str) -> Browser | None:
    """A program as a browser: what it is, and whether it is the name of a snap. None for a stub without its snap."""
    known = named(program)
    if known is None:
        return None
    if Path(program).name in FLATPAKS:
        return _flatpak(one, (program,), Path(program).name)
    snap = _snap_behind(program)
    if not snap:
        return Browser(known[0], (program,), known[1])
    there = [str(file) for folder in SNAP_FOLDERS if os.path.exists(file := one.at(folder) / snap)]
    return (
        Browser(known[0], (there[0],), known[1], "snap", str(one.home / "snap" / snap / "common"))
        if there
        else None
    )


def _snap_behind(program: str) -> str:
    """The snap that a program starts: it lies in the folder of snaps, or is a script that runs one from there."""
    path = Path(program)
    if path.parent.as_posix().endswith("/snap/bin"):
        return path.name
    with contextlib.suppress(OSError), path.open("rb") as file:
        start = file.read(4000)
        said = re.search(rb"/snap/bin/([a-z0-9-]+)", start) if start.startswith(b"#!") else None
        return said.group(1).decode("ascii") if said else ""
    return ""


def _snaps(one: Machine) -> Iterator[Browser]:
    for folder in SNAP_FOLDERS:
        for name in SNAPS:
            if os.path.exists(file := one.at(folder) / name) and (
                browser := recognized(one, str(file))
            ):
                yield browser


def _flatpaks(one: Machine) -> Iterator[Browser]:
    for folder in FLATPAK_FOLDERS:
        for name in FLATPAKS:
            if os.path.exists(file := one.at(folder) / "bin" / name):
                yield _flatpak(one, (str(file),), name)


def _flatpak(one: Machine, argv: tuple[str, ...], name: str) -> Browser:
    label, family = FLATPAKS.get(name, (name, Family.OTHER))
    return Browser(label, argv, family, "flatpak", str(one.home / ".var" / "app" / name / "cache"))


def _of_desktop(one: Machine) -> Iterator[Browser]:
    """The browser behind the .desktop file that pages are opened with."""
    file = next(
        (
            file
            for folder in _desktop_folders(one)
            if one.default and os.path.isfile(file := folder / one.default)
        ),
        None,
    )
    words = _command_of(file) if file else []
    if "run" in words[:2] and (
        name := next((word for word in words[2:] if not word.startswith(("-", "@", "%"))), "")
    ):
        program = one.which(words[0])
        if program:
            yield _flatpak(one, (program, "run", name), name)
    elif words and (program := one.which(words[0])):
        label = one.default.removesuffix(".desktop")
        yield recognized(one, program) or Browser(label, (program,), Family.OTHER)


def _desktop_folders(one: Machine) -> list[Path]:
    own = one.variables.get("XDG_DATA_HOME") or str(one.home / ".local/share")
    shared = (one.variables.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    flatpaks = [one.at(folder) / "share" for folder in FLATPAK_FOLDERS]
    roots = [
        Path(own),
        *(one.at(folder) for folder in shared if folder),
        *flatpaks,
        one.at("/var/lib/snapd/desktop"),
    ]
    return [root / "applications" for root in roots]


def _command_of(file: Path) -> list[str]:
    """The words of its Exec line, without `env NAME=VALUE` before them."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(file.read_text(encoding="utf-8", errors="replace"))
        words = shlex.split(parser.get("Desktop Entry", "Exec", fallback=""))
    except (OSError, configparser.Error, ValueError):  # a broken file opens nothing
        return []
    while words and (words[0] == "env" or "=" in words[0]):
        words = words[1:]
    return words


def _of_mac(one: Machine) -> Iterator[Browser]:
    for folder in MAC_FOLDERS:
        for bundle, inside in MAC.items():
            known = named(bundle.removesuffix(".app"))
            if known and os.path.exists(program := one.at(folder) / bundle / inside):
                yield Browser(known[0], (str(program),), known[1])


def _of_windows(one: Machine) -> Iterator[Browser]:
    roots = [
        one.variables.get(name) or one.variables.get(name.upper())
        for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
    ]
    places = [Path(root) / name for root in roots if root for name in WINDOWS]
    for program in [*map(Path, one.registered), *places]:
        known = named(str(program))
        if known and os.path.exists(program):
            yield Browser(known[0], (str(program),), known[1])


def of_surrounding_windows(one: Machine) -> tuple[Browser, ...]:
    """The browsers of the Windows around a WSL. They open addresses of the WSL; we do not drive them from inside."""
    if not one.is_wsl:
        return ()
    hit = next(
        (
            part
            for part in one.path.split(":")
            if part.lower().rstrip("/").endswith("/windows/system32")
        ),
        "",
    )
    drive = Path(hit.rstrip("/")).parent.parent if hit else one.at("/mnt/c")
    roots = {
        "ProgramFiles": str(drive / "Program Files"),
        "ProgramFiles(x86)": str(drive / "Program Files (x86)"),
    }
    return tuple(_of_windows(Machine("win32", roots, one.home)))
