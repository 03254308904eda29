"""`envcheck new`: a skeleton, and what to type next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO

from envcheck.skeletons.skeleton import write

NEXT = {
    "course": "envcheck week1",
    "check": "envcheck week1 --course {module}.py",
    "tool": "envcheck track {id} --course {module}.py",
}


def new(kind: str, name: str, out: TextIO) -> None:
    """Write it into this folder, and say what was written. Raises UsageProblem."""
    written = write(kind, name, Path.cwd())
    module = name.replace("-", "_")
    lines = [f"Written: {os.path.join(name, file.name)}" for file in written]  # noqa: PTH118  # for people
    then = NEXT[kind].format(module=module, id=name.replace("_", "-"))
    commands = [f"    {line}" for line in (f"cd {name}", then, "python -m pytest")]
    out.write("\n".join([*lines, "Next:", *commands, ""]))
