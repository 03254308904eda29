"""What decides which browsers a machine has, as a value: another system can be described where it
is not at hand.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from envcheck import Environment, fact
from envcheck.path_lists import parts
from envcheck.target.home import home_of

# What Windows knows as programs that can be started by name (App Paths in its registry).
REGISTERED = ("chrome.exe", "msedge.exe", "firefox.exe", "brave.exe")


@dataclass(frozen=True)
class Machine:
    """`system` is as in `sys.platform`; `root` stands before every absolute place. `default` is the
    .desktop file that xdg-settings names; `registered` are the programs that Windows' registry
    names.
    """

    system: str
    variables: Mapping[str, str]
    home: Path
    root: Path = Path("/")
    default: str = ""
    registered: Sequence[str] = ()

    @property
    def is_linux(self) -> bool:
        """Linux or another Unix without dedicated places for browsers."""
        return self.system not in ("win32", "darwin")

    @property
    def is_wsl(self) -> bool:
        """A Linux inside Windows."""
        return self.is_linux and any(
            self.variables.get(name) for name in ("WSL_DISTRO_NAME", "WSL_INTEROP")
        )

    @property
    def has_screen(self) -> bool:
        """Windows and macOS have one; elsewhere the variables say so."""
        return not self.is_linux or any(
            self.variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
        )

    @property
    def has_display(self) -> bool:
        """Its own screen, or the one of the Windows around it."""
        return self.has_screen or self.is_wsl

    @property
    def path(self) -> str:
        """The learner's PATH."""
        return self.variables.get("PATH", "")

    def at(self, place: str) -> Path:
        """An absolute place, or one under home when it begins with `~/`."""
        return self.home / place[2:] if place.startswith("~/") else self.root / place.lstrip("/")

    def which(self, name: str) -> str:
        """A program by its name on PATH, or by its path; empty when there is none."""
        return shutil.which(name, path=self.path) or ""

    @property
    def asked_for(self) -> tuple[str, ...]:
        """The programs that BROWSER names, as Python's `webbrowser` reads it."""
        return tuple(
            line.split()[0]
            for line in parts(self.variables, "BROWSER", self.system)
            if line.strip()
        )


@fact
def this_machine(env: Environment) -> Machine:
    """The machine that envcheck runs on, with the learner's variables."""
    return Machine(
        sys.platform,
        env.variables,
        home_of(env.variables),
        default=_default(env),
        registered=_registered(),
    )


def _default(env: Environment) -> str:
    if sys.platform in ("win32", "darwin"):
        return ""
    asked = env.run(["xdg-settings", "get", "default-web-browser"], timeout=5)
    return asked.stdout.strip() if asked.ok else ""


def _registered() -> tuple[str, ...]:
    if sys.platform != "win32":
        return ()
    import winreg

    programs = []
    for hive in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
        for name in REGISTERED:
            try:
                value = winreg.QueryValue(
                    hive, rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{name}"
                )
            except OSError:  # this browser is not installed for this hive
                continue
            programs.append(os.path.expandvars(value).strip('"'))
    return tuple(programs)
