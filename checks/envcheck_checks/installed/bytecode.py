"""What Python keeps of a module in `__pycache__`, so that it need not read its source again, is
damaged: it says so wherever the module is imported, and names neither. No list of files has a
checksum of it.
"""

from __future__ import annotations

import re
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, fact, fail, places
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.installed.codes import PACKAGE_DAMAGED

# What Python says of such a file, of all versions
SAYS = re.compile(r"\w+Error: (?:.*marshal data.*|EOF read where .*|Non-code object in .*)")
SECONDS = 20.0
MOST = 40  # folders that are moved aside one by one


def diagnose(env: Environment, output: str, what: str) -> Diagnosis | None:
    """The folders of bytecode that hold a damaged file. Without them Python reads the sources, and
    writes new ones.
    """
    match = SAYS.search(output)
    files = damaged_files(env) if match is not None else ()
    if match is None or not files:
        return None
    python = interpreter(env)
    folders = list(dict.fromkeys(str(Path(file).parent) for file in files))[:MOST]
    own = python.is_environment and all(python.owns(folder) for folder in folders)
    return fail(
        PACKAGE_DAMAGED,
        f"{what}: a file in which Python keeps a module it has read (bytecode) is damaged",
        Fix(
            "move damaged bytecode aside; Python makes it anew",
            tuple(move_aside(folder) for folder in folders),
            Confidence.SURE if own else Confidence.ASK,
        ),
        found=match.group()[:300],
        wanted="bytecode that can be read, or none",
        looked_in=files[0],
        note="this happens when the power goes, or the disk is full, while packages are installed",
    )


@fact
def damaged_files(env: Environment) -> tuple[str, ...]:
    """The damaged files of bytecode in the folders that this Python takes modules from."""
    python = interpreter(env)
    names = ("purelib", "platlib", "stdlib")
    folders = dict.fromkeys(filter(None, (python.paths.get(name, "") for name in names)))
    source = source_of("envcheck_checks.in_target", "bytecode.py")
    command = (python.executable, "-I")
    answer = ask(env, command, source, *folders, shape={"file": str}, timeout=SECONDS)
    files = dict.fromkeys(str(each["file"]) for each in answer.objects)
    return tuple(file for file in files if any(places.lies_in(file, folder) for folder in folders))
