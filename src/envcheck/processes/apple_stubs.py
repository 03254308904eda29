"""Apple's stubs: on every Mac /usr/bin has a `python3`, a `git` and others that only ask for the
developer tools where these are absent, in a dialog over all windows. Such a stub is not started.

`xcode-select -p` asks nothing, but it is a program too; what it says is decided by these places
(xcode-select(1), FILES and ENVIRONMENT).
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

STUBS = frozenset(
    ("python3", "pip3", "git", "make", "cc", "c++", "gcc", "g++", "clang", "clang++", "ld", "m4", "swift")
)  # fmt: skip
TOOLS = ("/Library/Developer/CommandLineTools", "/Applications/Xcode.app/Contents/Developer")
CHOSEN = "/var/db/xcode_select_link"
PLACE = "/usr/bin"
WORDS = "only Apple's stub is here: its developer tools are not installed"


def refuse_to_ask_for_tools(
    program: str, variables: Mapping[str, str], platform: str = sys.platform, root: Path = Path("/")
) -> None:
    """Raises FileNotFoundError for a stub without the tools behind it. `root` stands before every
    absolute place; tests have a Mac below a folder.
    """
    if platform != "darwin":
        return
    executable = shutil.which(program, path=variables.get("PATH", ""))
    places = {os.path.realpath(executable), os.path.abspath(executable)} if executable else set()  # noqa: PTH100  # not resolved
    stubs = {str(_at(root, f"{PLACE}/{name}")) for name in STUBS}
    if places & stubs and not _tools_are_there(variables, root):
        raise FileNotFoundError(errno.ENOENT, WORDS, program)


def path_without_stubs(
    path: str, variables: Mapping[str, str], platform: str = sys.platform, root: Path = Path("/")
) -> str:
    """PATH for a search by others, who would start what they find."""
    if platform != "darwin" or _tools_are_there(variables, root):
        return path
    own = str(_at(root, PLACE))
    return ":".join(entry for entry in path.split(":") if entry.rstrip("/") != own)


def _tools_are_there(variables: Mapping[str, str], root: Path) -> bool:
    named = variables.get("DEVELOPER_DIR", "")
    places = [_at(root, place) for place in (CHOSEN, *TOOLS)]
    return any(
        os.path.isdir(place / "usr" / "bin") for place in [Path(named or "/dev/null"), *places]
    )


def _at(root: Path, place: str) -> Path:
    return root / place.lstrip("/")
