"""macOS does not let Python load a compiled file: it has the mark of what came from the net, or its
signature is not that of its bytes.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, fail, places
from envcheck.fixes.advice import new_environment, tell, typed
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.installed.codes import PACKAGE_REFUSED_BY_MACOS
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.machine.system import system

# What the loader says (dyld): `code signature in <...> '/x.so' not valid for use in process: WHY`,
# and of a signature that is none `code signature invalid in <...> '/x.so' (errno=1) ...`.
SAYS = re.compile(
    r"code signature (?:in (?:<[^<>\n]{1,80}> )?['(](?P<file>[^'()\n]+)['()][^:\n]{0,80}"
    r"not valid for use in process[^:\n]{0,80}: (?P<why>[^'\n,)]{3,160})"
    r"|invalid(?: in <[^<>\n]{1,80}> '(?P<other>[^'\n]+)')?)"
)
MARKED = "system policy"


def diagnose(env: Environment, output: str, what: str) -> Diagnosis | None:
    """`what` cannot be done, and the loader says so in `output`."""
    match = SAYS.search(output) if system(env).is_macos else None
    if match is None:
        return None
    python = interpreter(env)
    file, why = match["file"] or match["other"] or "", match["why"] or "code signature invalid"
    if MARKED in why:
        summary = "macOS lets no program load a compiled file that came from the net with its mark (quarantine)"
        fixes = [*_anew(env, python, file), _without_mark(python)]
    else:
        summary = "macOS does not load a compiled file whose signature is not that of its bytes"
        fixes = _anew(env, python, file)
    return fail(
        PACKAGE_REFUSED_BY_MACOS,
        f"{summary}: {what}",
        *fixes,
        found=why.strip(),
        wanted="a file that was installed on this Mac, by pip or conda",
        looked_in=file,
        note="this happens to an environment that was downloaded, sent or copied as a whole",
    )


def _anew(env: Environment, python: Interpreter, file: str) -> list[Fix]:
    """The package once more, as its installer brings it; or the environment, where the file is
    Python's own.
    """
    owner = next(
        (
            distribution.name
            for distribution in python.distributions
            if file and _lists(Path(distribution.folder), distribution.name, file)
        ),
        None,
    )
    if owner is not None:
        fix = reinstall(env, python, [owner], f"reinstall {owner}")
    else:
        fix = new_environment(env, python, ())
    return [replace(fix, confidence=Confidence.LIKELY)]


def _lists(folder: Path, name: str, file: str) -> bool:
    inside = places.within(file, folder)
    return inside is not None and inside.parts[0].partition(".")[0].lower() == name.replace(
        "-", "_"
    )


def _without_mark(python: Interpreter) -> Fix:
    return tell(
        "or take the mark off",
        typed(
            shlex.join(("xattr", "-dr", "com.apple.quarantine", python.prefix)),
            "Where you know who made this environment:",
        ),
    )
