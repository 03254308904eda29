"""Windows: the Python of an environment is a small program that starts the one it was made from, and
says so when that is gone.

Its words and exit codes stand in CPython's PC/launcher.c and PC/launcher2.c, since 3.13 in
PC/venvlauncher.c, and in uv's trampoline (crates/uv-trampoline/src/bounce.rs).
"""

from __future__ import annotations

import os
import re

from envcheck import Diagnosis, Environment, fail
from envcheck.target.interpreter import Unusable
from envcheck_checks.python.codes import PYTHON_ENVIRONMENT_BROKEN
from envcheck_checks.python.replacement import Wanted, instead

GONE = "the Python that this environment was made from is no longer there"
LOST = "this environment has lost its file pyvenv.cfg, which names the Python that it was made from"
NO_NAME = "the file pyvenv.cfg of this environment names no Python"
# What it says, and what that means. Python 3.7 to 3.15, virtualenv's copy of it, and uv.
SAYS = (
    (re.compile(r"^.*No (?:suitable )?Python at ['\"].*$", re.MULTILINE), GONE),
    (re.compile(r"^.*did not find executable at '.*$", re.MULTILINE), GONE),
    (re.compile(r"^.*Unable to create process using.*$", re.MULTILINE), GONE),
    (re.compile(r"^.*trampoline failed to (?:spawn Python|canonicalize).*$", re.MULTILINE), GONE),
    (re.compile(r"^.*(?:no home= specified|failed to decode home setting) in .*$", re.MULTILINE), NO_NAME),
    (
        re.compile(r"^.*(?:failed to|[Cc]annot|[Cc]ould not) (?:locate|find|open|read).*pyvenv\.cfg.*$", re.MULTILINE),
        LOST,
    ),
)  # fmt: skip
CODES = {103: GONE, 106: LOST, 107: NO_NAME}
# It is there and may not be started: an administrator's or an antivirus program's doing.
REFUSED = re.compile(r"\(os error (?:5|1260)\)")
NAMED = re.compile(r"using '\"?([A-Za-z]:\\[^\"']*?\.exe|/[^\"']*)")


def diagnose(env: Environment, dead: Unusable, wanted: Wanted) -> Diagnosis | None:
    """An environment whose base was removed or upgraded, or whose settings are gone."""
    output = dead.finished.stderr + dead.finished.stdout
    summary, actual = _meaning(output)
    if not summary and dead.command[0].lower().endswith("python.exe") and not output.strip():
        summary = CODES.get(dead.finished.code or 0, "")  # a terminal in which nothing was written
        actual = f"exit code {dead.finished.code}"
    if not summary or _is_there(output):
        return None
    return fail(
        PYTHON_ENVIRONMENT_BROKEN,
        summary,
        *instead(env, wanted),
        found=actual,
        wanted="an installed Python",
        looked_in=dead.command[0],
        note="this happens when the Python that the environment was made from is upgraded or removed",
    )


def _meaning(output: str) -> tuple[str, str]:
    """What its words mean, and the line with them."""
    hits = ((hit, summary) for words, summary in SAYS if (hit := words.search(output)))
    return next(((summary, hit[0].strip().rstrip(":")) for hit, summary in hits), ("", ""))


def _is_there(output: str) -> bool:
    """Whether the Python that could not be started is there: then nothing was removed."""
    named = NAMED.search(output)
    return bool(REFUSED.search(output) or (named and os.path.isfile(named[1])))
