"""Which browsers are there: by PATH, by what the desktop opens pages with, and in the places where
each system keeps them.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import re
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from envcheck import Environment, fact, foreign_file
from envcheck.variables import in_any_case
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
from envcheck_checks.browser.display import Machine, this_machine

SNAP_FOLDERS = ("/snap/bin", "/var/lib/snapd/snap/bin")
FLATPAK_FOLDERS = ("~/.local/share/flatpak/exports", "/var/lib/flatpak/exports")
MAC_FOLDERS = ("/Applications", "~/Applications", "/System/Cryptexes/App/System/Applications")


@fact
def browsers(env: Environment) -> tuple[Browser, ...]:
    """The browsers of this machine: BROWSER's first, then the one that the desktop opens pages
    with.
    """
    return find(this_machine(env))


def find(machine: Machine) -> tuple[Browser, ...]:
    """Each browser once: a second name of the same one says nothing new."""
    kept: dict[tuple[str, str], Browser] = {}
    for browser in _all(machine):
        kept.setdefault((browser.name, browser.sealed), browser)
    return tuple(kept.values())


def chosen(machine: Machine) -> Browser | None:
    """The browser that pages are opened with: BROWSER's, or else the desktop's. None where nobody
    has chosen.
    """
    return next(
        (
            browser
            for candidates in (_by_names(machine, machine.asked_for), _of_desktop(machine))
            for browser in candidates
        ),
        None,
    )


def drivable(all_browsers: tuple[Browser, ...]) -> tuple[Browser, ...]:
    """Those that can be driven; the sealed ones, which may see nothing of ours, last."""
    return tuple(
        sorted(
            (browser for browser in all_browsers if browser.family is not Family.OTHER),
            key=lambda browser: bool(browser.sealed),
        )
    )


def _all(machine: Machine) -> Iterator[Browser]:
    yield from _by_names(machine, machine.asked_for)
    if machine.system == "darwin":
        yield from _of_mac(machine)
    elif machine.system == "win32":
        yield from _of_windows(machine)
    else:
        yield from _of_desktop(machine)
    yield from _by_names(machine, PROGRAMS)
    if machine.is_linux:
        yield from _snaps(machine)
        yield from _flatpaks(machine)


def _by_names(machine: Machine, names: Iterable[str]) -> Iterator[Browser]:
    for name in names:
        program = machine.which(name)
        if program and (browser := recognized(machine, program)):
            yield browser


def recognized(machine: Machine, program: str) -> Browser | None:
    """A program as a browser: what it is, and whether it is the name of a snap. None for a stub
    without its snap.
    """
    identity = named(program)
    if identity is None:
        return None
    if Path(program).name in FLATPAKS:
        return _flatpak(machine, (program,), Path(program).name)
    snap = _snap_behind(program)
    if not snap:
        return Browser(identity[0], (program,), identity[1])
    there = [
        str(file) for folder in SNAP_FOLDERS if os.path.exists(file := machine.at(folder) / snap)
    ]
    return (
        Browser(
            identity[0],
            (there[0],),
            identity[1],
            "snap",
            str(machine.home / "snap" / snap / "common"),
        )
        if there
        else None
    )


def _snap_behind(program: str) -> str:
    """The snap that a program starts: it lies in the folder of snaps, or is a script that runs one
    from there.
    """
    path = Path(program)
    if path.parent.as_posix().endswith("/snap/bin"):
        return path.name
    with contextlib.suppress(OSError):
        start = foreign_file.head(path, 4000)
        command = re.search(rb"/snap/bin/([a-z0-9-]+)", start) if start.startswith(b"#!") else None
        return command.group(1).decode("ascii") if command else ""
    return ""


def _snaps(machine: Machine) -> Iterator[Browser]:
    for folder in SNAP_FOLDERS:
        for name in SNAPS:
            if os.path.exists(file := machine.at(folder) / name) and (
                browser := recognized(machine, str(file))
            ):
                yield browser


def _flatpaks(machine: Machine) -> Iterator[Browser]:
    for folder in FLATPAK_FOLDERS:
        for name in FLATPAKS:
            if os.path.exists(file := machine.at(folder) / "bin" / name):
                yield _flatpak(machine, (str(file),), name)


def _flatpak(machine: Machine, argv: tuple[str, ...], name: str) -> Browser:
    label, family = FLATPAKS.get(name, (name, Family.OTHER))
    return Browser(
        label, argv, family, "flatpak", str(machine.home / ".var" / "app" / name / "cache")
    )


def _of_desktop(machine: Machine) -> Iterator[Browser]:
    """The browser behind the .desktop file that pages are opened with."""
    file = next(
        (
            file
            for folder in _desktop_folders(machine)
            if machine.default and os.path.isfile(file := folder / machine.default)
        ),
        None,
    )
    words = _command_of(file) if file else []
    if "run" in words[:2] and (
        name := next((word for word in words[2:] if not word.startswith(("-", "@", "%"))), "")
    ):
        program = machine.which(words[0])
        if program:
            yield _flatpak(machine, (program, "run", name), name)
    elif words and (program := machine.which(words[0])):
        label = machine.default.removesuffix(".desktop")
        yield recognized(machine, program) or Browser(label, (program,), Family.OTHER)


def _desktop_folders(machine: Machine) -> list[Path]:
    own = machine.variables.get("XDG_DATA_HOME") or str(machine.home / ".local/share")
    shared = (machine.variables.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    flatpaks = [machine.at(folder) / "share" for folder in FLATPAK_FOLDERS]
    roots = [
        Path(own),
        *(machine.at(folder) for folder in shared if folder),
        *flatpaks,
        machine.at("/var/lib/snapd/desktop"),
    ]
    return [root / "applications" for root in roots]


def _command_of(file: Path) -> list[str]:
    """The words of its Exec line, without `env NAME=VALUE` before them."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(foreign_file.text(file))
        words = shlex.split(parser.get("Desktop Entry", "Exec", fallback=""))
    except (OSError, configparser.Error, ValueError):  # a broken file opens nothing
        return []
    while words and (words[0] == "env" or "=" in words[0]):
        words = words[1:]
    return words


def _of_mac(machine: Machine) -> Iterator[Browser]:
    for folder in MAC_FOLDERS:
        for bundle, inside in MAC.items():
            identity = named(bundle.removesuffix(".app"))
            if identity and os.path.exists(program := machine.at(folder) / bundle / inside):
                yield Browser(identity[0], (str(program),), identity[1])


def _of_windows(machine: Machine) -> Iterator[Browser]:
    roots = [
        in_any_case(machine.variables, name)
        for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
    ]
    places = [Path(root) / name for root in roots if root for name in WINDOWS]
    for program in [*map(Path, machine.registered), *places]:
        identity = named(str(program))
        if identity and os.path.exists(program):
            yield Browser(identity[0], (str(program),), identity[1])


def of_surrounding_windows(machine: Machine) -> tuple[Browser, ...]:
    """The browsers of the Windows around a WSL. They open addresses of the WSL; we do not drive
    them from inside.
    """
    if not machine.is_wsl:
        return ()
    hit = next(
        (
            part
            for part in machine.path.split(":")
            if part.lower().rstrip("/").endswith("/windows/system32")
        ),
        "",
    )
    drive = Path(hit.rstrip("/")).parent.parent if hit else machine.at("/mnt/c")
    roots = {
        "ProgramFiles": str(drive / "Program Files"),
        "ProgramFiles(x86)": str(drive / "Program Files (x86)"),
    }
    return tuple(_of_windows(Machine("win32", roots, machine.home)))
