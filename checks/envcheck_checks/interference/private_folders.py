"""Throw-away folders for what a kernel or matplotlib would write into the home, with the learner's
settings copied in.

Only what is redirected here is no longer proved; everything else stays the learner's own.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import Environment, fact, foreign_file, places
from envcheck.foreign_file import matching
from envcheck.removal import remove_tree
from envcheck.target.home import home_of
from envcheck_checks import overrides
from envcheck_checks.interference.ipython_copy import copy_ipython
from envcheck_checks.overrides import Program

BROUGHT_FONT = re.compile(rb'"name":\s*"DejaVu Sans"')  # as it stands in matplotlib's lists


@dataclass(frozen=True)
class PrivateFolders:
    """`variables` lead IPython and matplotlib to our folders. `ipython` is the learner's own
    folder, `ours` the copy.
    """

    variables: Mapping[str, str | None]
    ipython: Path
    ours: Path


@fact
def private_folders(env: Environment) -> PrivateFolders:
    """The folders of this run, made once and shared by every program that imports IPython or
    matplotlib.
    """
    home = home_of(env.variables)
    ipython = Path(env.variables.get("IPYTHONDIR") or home / ".ipython")
    ours = env.scratch / "ipython"
    env.copies |= copy_ipython(ipython, ours)
    matplotlib = env.new_folder("matplotlib")
    _copy_matplotlib(env, home, matplotlib)
    env.on_close(lambda: _keep_font_list(env, matplotlib))
    led = {"IPYTHONDIR": str(ours), "MPLCONFIGDIR": str(matplotlib)}
    return PrivateFolders(overrides.variables(Program.PYTHON, led), ipython, ours)


def give_settings(env: Environment, server: Path) -> None:
    """The learner's settings for the kernels of a server that has a folder of its own for IPython."""
    copy_ipython(private_folders(env).ipython, server)


def ours_without(env: Environment, file: Path, name: str) -> Path | None:
    """Our folder of IPython's once more, links as links, without this file of it; None where it has none
    that is its own: behind a link lies the learner's.
    """
    ours, copy = private_folders(env).ours, env.scratch / name
    inside = places.within(file, ours)
    if inside is None:
        return None
    remove_tree(copy)  # of an earlier search
    shutil.copytree(ours, copy, symlinks=True)
    if not places.really_in(copy / inside, copy):
        return None
    (copy / inside).unlink(missing_ok=True)
    return copy


def matplotlib_settings(env: Environment, home: Path) -> list[Path]:
    """The folders where matplotlib looks for the learner's matplotlibrc, first match first."""
    if own := env.variables.get("MPLCONFIGDIR"):
        return [Path(own)]
    before = home / ".matplotlib"
    local = env.variables.get("LOCALAPPDATA")
    if sys.platform == "win32" and local and not os.path.exists(before):
        return [Path(local) / "matplotlib"]  # 3.11, for who has no folder of an older one
    if sys.platform in ("win32", "darwin"):
        return [before]
    return [Path(env.variables.get("XDG_CONFIG_HOME") or home / ".config") / "matplotlib"]


def matplotlibrc(env: Environment) -> Path | None:
    """The settings file that matplotlib takes when it is imported in the learner's folder."""
    named = env.variables.get("MATPLOTLIBRC")
    own = [Path(named), Path(named, "matplotlibrc")] if named else []
    settings = matplotlib_settings(env, home_of(env.variables))
    places = [env.folder / "matplotlibrc", *own, *(place / "matplotlibrc" for place in settings)]
    return next((place for place in places if os.path.isfile(place)), None)


def matplotlib_caches(env: Environment, home: Path) -> list[Path]:
    """The folders where it keeps its list of fonts."""
    if "MPLCONFIGDIR" in env.variables or sys.platform in ("win32", "darwin"):
        return matplotlib_settings(env, home)
    return [Path(env.variables.get("XDG_CACHE_HOME") or home / ".cache") / "matplotlib"]


def styles(settings: Path) -> list[Path]:
    """The learner's own styles, all of which matplotlib.pyplot reads as it is imported."""
    try:
        return matching(settings / "stylelib", "*.mplstyle")
    except OSError:
        return []


def lists_without_fonts(folder: Path) -> list[Path]:
    """The lists in which a font is missing that every matplotlib brings: made while its fonts were
    gone, and kept for ever, since a list is made anew only where there is none.
    """
    lists = []
    with contextlib.suppress(OSError):
        for file in matching(folder, "fontlist-*.json"):
            if not BROUGHT_FONT.search(foreign_file.content(file)):
                lists.append(file)
    return lists


def _copy_matplotlib(env: Environment, home: Path, to: Path) -> None:
    folders = matplotlib_settings(env, home)
    for folder in folders:
        with contextlib.suppress(OSError):
            if os.path.isfile(folder / "matplotlibrc"):
                shutil.copy(folder / "matplotlibrc", to / "matplotlibrc")
                env.copies[to / "matplotlibrc"] = folder / "matplotlibrc"
            if os.path.isdir(folder / "stylelib"):
                shutil.copytree(folder / "stylelib", to / "stylelib", dirs_exist_ok=True)
                env.copies[to / "stylelib"] = folder / "stylelib"
    # The list of fonts costs 0.25 s to make: the learner's own if there is one, else the one of our
    # last run.
    kept = env.cache / "matplotlib" if env.cache else None
    for folder in [*([kept] if kept else []), *matplotlib_caches(env, home), *folders]:
        with contextlib.suppress(OSError):
            bad = lists_without_fonts(folder) if folder == kept else ()
            for file in matching(folder, "fontlist-*.json"):
                if file not in bad:
                    shutil.copy(file, to / file.name)


def _keep_font_list(env: Environment, folder: Path) -> None:
    if env.cache is None:
        return
    with contextlib.suppress(OSError):
        (env.cache / "matplotlib").mkdir(exist_ok=True)
        bad = lists_without_fonts(folder)
        for file in matching(folder, "fontlist-*.json"):
            if file not in bad and not os.path.exists(env.cache / "matplotlib" / file.name):
                shutil.copy(file, env.cache / "matplotlib" / file.name)
