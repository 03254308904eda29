"""A browser to open the notebook with: found, not merely promised by `webbrowser.get()`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from envcheck import Check, Environment, Outcome, fact, ok, skip, warn
from envcheck.advice import tell

NAMES = (
    "firefox", "firefox-esr", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser",
    "microsoft-edge", "microsoft-edge-stable", "brave-browser", "vivaldi", "opera", "epiphany", "konqueror", "falkon",
)  # fmt: skip
MAC = ("Safari", "Google Chrome", "Firefox", "Microsoft Edge", "Brave Browser")
WINDOWS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe", "Mozilla Firefox/firefox.exe")


def browser(needs: tuple[Check, ...] = ()) -> Check:
    """A browser is on this machine, and there is a display to show it."""

    def examine(env: Environment) -> Outcome:
        if not has_display(env):
            return skip("this machine has no display")
        found = browsers(env)
        if found:
            return ok(f"{Path(found[0]).name} can be opened")
        return warn(
            "browser-missing",
            "no browser was found on this machine: Jupyter cannot open its page by itself",
            tell("install a browser", "Install Firefox or Chrome, or copy the address that Jupyter prints into the browser that you use."),
            found="none of the usual browsers",
            wanted="Firefox, Chrome, Chromium, Edge or Safari",
            looked_in="PATH and the places where browsers are installed",
        )

    return Check(
        id="browser",
        title="Browser",
        examine=examine,
        needs=needs,
        required=False,
        timeout=20,
        proves="a browser is installed that can be opened",
    )


@fact
def browsers(env: Environment) -> tuple[str, ...]:
    """The browsers of this machine, by path; BROWSER's first."""
    path = env.variables.get("PATH", "")
    wanted = [word.split(" ")[0] for word in env.variables.get("BROWSER", "").split(os.pathsep) if word]
    found = [hit for name in (*wanted, *NAMES) if (hit := shutil.which(name, path=path))]
    if sys.platform == "darwin":
        found += [str(app) for name in MAC if (app := Path(f"/Applications/{name}.app")).exists()]
    if sys.platform == "win32":
        roots = [Path(env.variables[name]) for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA") if env.variables.get(name)]
        found += [str(file) for root in roots for name in WINDOWS if (file := root / name).exists()]
    return tuple(dict.fromkeys(found))


def has_display(env: Environment) -> bool:
    """Windows and macOS have one; elsewhere the variables say so, and WSL opens the browser of Windows."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(env.variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
