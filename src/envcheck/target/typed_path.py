"""PATH as the learner's own shell looks a command up in it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from envcheck.path_lists import joined, parts, separator
from envcheck.target.home import home_of

HOME = re.compile(r"~(?=/|$)")


# How a line in quotes names the home, which then stands in PATH as it is.
WORDS = re.compile(r"(?:~|\$HOME|\$\{HOME\}|%USERPROFILE%)(?=[/\\])", re.IGNORECASE)


def unread(variables: Mapping[str, str]) -> list[tuple[str, Path]]:
    """The entries in which the home stands by a word that this terminal does not read, each with the
    folder that is meant.
    """
    home = os.fspath(home_of(variables))
    entries = entries_as_typed(variables)
    return [(e, Path(home + e[hit.end() :])) for e in entries if (hit := WORDS.match(e))]


def as_typed(variables: Mapping[str, str]) -> str:
    """bash alone takes a `~` that stands in PATH for the home: as an older guide's
    `PATH="~/anaconda3/bin:$PATH"` has it, in quotes. An empty entry stays: it is the folder that the
    learner is in.
    """
    value = variables.get("PATH", "")
    if PurePosixPath(variables.get("SHELL", "")).name != "bash":
        return value
    home = os.fspath(home_of(variables))
    return joined(
        f"{home}{entry[1:]}" if HOME.match(entry) else entry for entry in value.split(separator())
    )


def which(variables: Mapping[str, str], name: str) -> str | None:
    """The file that the learner's shell starts when the name is typed; None where it finds none."""
    return shutil.which(name, path=as_typed(variables))


def entries_as_typed(variables: Mapping[str, str]) -> list[str]:
    """The folders of it."""
    return parts({"PATH": as_typed(variables)}, "PATH")
