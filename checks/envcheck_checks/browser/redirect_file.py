"""Jupyter opens its page through a small file: a browser that may not read it, or another program
that opens such files.
"""

from __future__ import annotations

import configparser
from pathlib import Path, PureWindowsPath

from envcheck import Diagnosis, Environment, Fix, foreign_file, places, warn
from envcheck.fixes.advice import tell, typed
from envcheck.target.interpreter import Interpreter, target
from envcheck_checks.browser.catalogue import Browser
from envcheck_checks.browser.codes import BROWSER_MAY_NOT_READ, PAGE_OPENS_IN_EDITOR
from envcheck_checks.browser.discovery import chosen
from envcheck_checks.browser.display import Machine
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine.system import PAGE_OPENER, system
from envcheck_checks.notebook.settings.config import SERVERS

PROFILES = "/var/lib/snapd/apparmor/profiles"  # what each snap may read, written out by snapd
EDITORS = (
    "vscode",
    "applications\\code.exe",
    "applications\\notepad",
    "applications\\sublime",
    "applications\\pycharm",
    "txtfile",
)


def warnings(env: Environment, machine: Machine) -> list[Diagnosis]:
    """What keeps the page from appearing by itself; the address that Jupyter prints works all the
    same.
    """
    if not machine.has_screen:
        return []
    browser = chosen(machine)
    trouble = (
        _may_not_read(env, machine, browser)
        if browser is not None and browser.sealed == "snap"
        else _hidden_by_store(env, machine) or _opened_by_editor(env, machine)
    )
    return [trouble] if trouble is not None and not _opens_without_file(env) else []


def _opens_without_file(env: Environment) -> bool:
    """The learner's configuration already tells Jupyter to open the address itself."""
    return any(file.get("use_redirect_file", *SERVERS) is False for file in config_files(env))


def _may_not_read(env: Environment, machine: Machine, browser: Browser) -> Diagnosis | None:
    """A snap sees nothing hidden in the home, and a private /tmp, but for what its
    profile lists.
    """
    runtime = learners_jupyter(env).runtime
    if not runtime:
        return None
    name = Path(browser.argv[0]).name
    try:
        profile = foreign_file.text(machine.at(f"{PROFILES}/snap.{name}.{name}"))
    except OSError:  # without it, nothing is known
        return None
    if _may_see(machine, Path(runtime), profile):
        return None
    return warn(
        BROWSER_MAY_NOT_READ,
        f"{browser.name} is a snap package and may not read the file through which Jupyter opens its page (Access to the file was denied)",
        _open_address("jupyter notebook --ServerApp.use_redirect_file=False"),
        found=f"{browser.argv[0]}, and {runtime}",
        wanted="a browser that may read that file, or no such file",
        looked_in=f"{PROFILES}/snap.{name}.{name}",
    )


def _hidden_by_store(env: Environment, machine: Machine) -> Diagnosis | None:
    """The Store's Python is shown its files below AppData there; for a browser they lie elsewhere
    (bpo-45337), and it says ERR_FILE_NOT_FOUND (jupyterlab#9250).
    """
    python = target(env) if machine.system == "win32" else None
    if not isinstance(python, Interpreter) or "windowsapps" not in _parts(python.base_prefix):
        return None
    runtime = learners_jupyter(env).runtime or ""
    if "appdata" not in _parts(runtime) or "localcache" in _parts(runtime):
        return None
    return warn(
        BROWSER_MAY_NOT_READ,
        "this is the Microsoft Store's Python: Windows hides the file through which Jupyter opens its page from the browser (ERR_FILE_NOT_FOUND)",
        _open_address("jupyter notebook --ServerApp.use_redirect_file=False"),
        found=runtime,
        wanted="a browser that finds that file, or no such file",
        looked_in=python.base_prefix,
        note="the Python from python.org has no such wall",
    )


def _parts(place: str) -> list[str]:
    return [part.lower() for part in PureWindowsPath(place).parts]


def _may_see(machine: Machine, runtime: Path, profile: str) -> bool:
    """Where neither is known to be forbidden, it may."""
    inside = places.within(runtime, machine.home)
    if inside is not None:
        own = machine.home / ".local" / "share" / "jupyter"
        listed_folder = ".local/share/jupyter" in profile and places.lies_in(runtime, own)
        return listed_folder or not inside.as_posix().startswith(".")
    return not places.lies_in(runtime, "/tmp")


def _opened_by_editor(env: Environment, machine: Machine) -> Diagnosis | None:
    opener = _opener(env, machine)
    if not opener:
        return None
    return warn(
        PAGE_OPENS_IN_EDITOR,
        "files that end in .html are opened by an editor here, and Jupyter opens its page through one: the editor comes up, no browser",
        tell(
            "let a browser open .html files",
            "In your system's settings, under default apps, choose your browser for .html.",
        ),
        _open_address("jupyter notebook --ServerApp.use_redirect_file=False"),
        found=opener,
        wanted="a browser",
        looked_in="the program that opens .html files",
    )


def _open_address(line: str) -> Fix:
    return tell(
        "open the address itself",
        "Copy the address that begins with http://localhost from the terminal into the browser.",
        typed(line, "Or start it with:"),
    )


def _opener(env: Environment, machine: Machine) -> str:
    """The editor that opens .html, by the user's own choice; empty when it is no editor that we
    know.
    """
    if machine.asked_for:
        return ""
    if machine.system == "win32":
        chosen_one = system(env).value(PAGE_OPENER)
        return chosen_one if chosen_one.lower().startswith(EDITORS) else ""
    return _of_desktop(machine) if machine.is_linux else ""


def _of_desktop(machine: Machine) -> str:
    config = Path(machine.variables.get("XDG_CONFIG_HOME") or machine.home / ".config")
    name = _entry(config / "mimeapps.list", "Default Applications", "text/html").partition(";")[0]
    data = Path(machine.variables.get("XDG_DATA_HOME") or machine.home / ".local/share")
    shared = [
        machine.at(place)
        for place in (
            machine.variables.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        ).split(":")
        if place
    ]
    folders = [data, *shared, machine.at("/var/lib/snapd/desktop")]
    kinds = next(
        (
            categories
            for folder in folders
            if name
            and (
                categories := _entry(folder / "applications" / name, "Desktop Entry", "Categories")
            )
        ),
        "",
    )
    return (
        name if {"TextEditor", "IDE"} & set(kinds.split(";")) and "WebBrowser" not in kinds else ""
    )


def _entry(file: Path, section: str, key: str) -> str:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(foreign_file.text(file))
    except (OSError, configparser.Error):
        return ""
    return parser.get(section, key, fallback="")
