"""What macOS takes from the learner's own programs on their way. Its System Integrity Protection drops
every DYLD_ variable where a program in /bin or /usr/bin is started: pyenv's shims, and what pip writes
into an environment whose path has a space, are scripts for such a program. What they start never has
these variables, so no check may be made with them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.target import typed_path
from envcheck.target.terminal import SHIMS

TAKEN = "DYLD_"
PROTECTED = ("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/", "/usr/libexec/", "/System/")
HEAD = 200  # bytes; a first line is shorter


def what_arrives(
    variables: Mapping[str, str], command: str, platform: str = sys.platform
) -> dict[str, str]:
    """The variables that the Python of this command, or the Jupyter beside it, has when the learner
    types its name.
    """
    names = [name for name in variables if name.startswith(TAKEN)]
    lost = names if names and stands_between(variables, command, platform) else []
    return {name: value for name, value in variables.items() if name not in lost}


def stands_between(
    variables: Mapping[str, str], command: str, platform: str = sys.platform
) -> bool:
    """Whether a program that macOS protects starts what the learner types to get this Python."""
    return platform == "darwin" and any(map(_is_for_protected, _typed(variables, command)))


def _typed(variables: Mapping[str, str], command: str) -> Iterator[Path]:
    beside = Path(command).with_name("jupyter")
    yield from (beside, Path(command))
    for name in ("jupyter", "python", "python3"):
        script = typed_path.which(variables, name)
        if script and Path(script).parent.name == SHIMS:
            root = Path(script).parent.parent
            if places.lies_in(command, root / "versions") and _is_a_version(command):
                yield Path(script)


def _is_a_version(command: str) -> bool:
    """Not an environment, whose own folder comes first on PATH where it is active."""
    return not os.path.isfile(Path(command).parent.parent / "pyvenv.cfg")


def _is_for_protected(script: Path) -> bool:
    try:
        head = foreign_file.head(script, HEAD)
    except OSError:  # absent, or not to be read
        return False
    return head.startswith(b"#!") and head[2:].decode("latin-1").lstrip().startswith(PROTECTED)
