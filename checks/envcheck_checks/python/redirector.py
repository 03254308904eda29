"""Windows: the Python of an environment is a small program that starts the one it was made from, and
says so when that is gone.

Its words and exit codes stand in CPython's PC/launcher.c (103 to 107), and in uv's trampoline.
"""

from __future__ import annotations

import re

from envcheck import Diagnosis, Environment, fail
from envcheck.target.interpreter import Unusable
from envcheck_checks.python.codes import PYTHON_ENVIRONMENT_BROKEN
from envcheck_checks.python.replacement import Wanted, instead

# What it says, and what that means. Python 3.7 to 3.14, virtualenv's copy of it, and uv.
SAYS = (
    (
        re.compile(r"^.*No (?:suitable )?Python at ['\"].*$|^.*Unable to create process using.*$", re.MULTILINE),
        "the Python that this environment was made from is no longer there",
    ),
    (
        re.compile(r"^.*trampoline failed to (?:spawn Python|canonicalize).*$", re.MULTILINE),
        "the Python that this environment was made from is no longer there",
    ),
    (
        re.compile(r"^.*(?:failed to|[Cc]annot|[Cc]ould not) (?:locate|find|open|read).*pyvenv\.cfg.*$", re.MULTILINE),
        "this environment has lost its file pyvenv.cfg, which names the Python that it was made from",
    ),
)  # fmt: skip
CODES = {
    103: "the Python that this environment was made from is no longer there",
    106: "this environment has lost its file pyvenv.cfg, which names the Python that it was made from",
    107: "the file pyvenv.cfg of this environment names no Python",
}


def diagnose(env: Environment, dead: Unusable, wanted: Wanted) -> Diagnosis | None:
    """An environment whose base was removed or upgraded, or whose settings are gone."""
    output = dead.finished.stderr + dead.finished.stdout
    summary, actual = _meaning(output)
    if not summary and dead.command[0].lower().endswith("python.exe") and not output.strip():
        summary = CODES.get(dead.finished.code or 0, "")  # a terminal in which nothing was written
        actual = f"exit code {dead.finished.code}"
    if not summary:
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
    return next(((summary, hit[0].strip()) for hit, summary in hits), ("", ""))
