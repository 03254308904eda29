"""A program that only stands in for a Python: Apple's and the Store's alias, a shim, the
redirector of an environment of Windows, or no more than the name of one.
"""

from __future__ import annotations

import re

from envcheck import Diagnosis, Environment, fail
from envcheck.target.interpreter import Unusable
from envcheck_checks.python import conda, macos, other_system, redirector, xcode
from envcheck_checks.python.codes import PYTHON_DEAD_SHIM, PYTHON_STORE_STUB
from envcheck_checks.python.replacement import Wanted, instead

STUB = re.compile(r"Microsoft Store|App execution alias|App Execution Aliases", re.IGNORECASE)
SHIM = re.compile(
    r"pyenv: .*(command not found|version .* is not installed)"
    r"|No (preset version installed|version is set) for (command|shim)",  # asdf's, and mise's
    re.IGNORECASE,
)


def diagnose(env: Environment, dead: Unusable, wanted: Wanted) -> Diagnosis | None:
    """A program that only stands in for a Python: the Store's alias, pyenv's shim, Windows' redirector."""
    output = dead.finished.stderr + dead.finished.stdout
    if foreign := other_system.diagnose(env, dead.command[0], wanted):
        return foreign
    if stub := macos.without_tools(env, dead.command[0], lambda: instead(env, wanted)):
        return conda.not_on_path(env, wanted.versions) or stub
    if ended := macos.killed(env, dead, lambda: instead(env, wanted)):
        return ended
    if waiting := xcode.not_in_force(env, output, lambda: instead(env, wanted)):
        return waiting
    if broken := redirector.diagnose(env, dead, wanted):
        return broken
    if STUB.search(output):
        return conda.not_on_path(env, wanted.versions) or fail(
            PYTHON_STORE_STUB,
            "the command `python` is only a Microsoft Store alias here: no Python is behind it",
            *instead(env, wanted),
            found=dead.finished.last_words,
            wanted="a real Python",
            looked_in=dead.command[0],
            note="Windows puts this alias on PATH; Settings > Manage App Execution Aliases switches it off",
        )
    if SHIM.search(output):
        return fail(
            PYTHON_DEAD_SHIM,
            "`python` is a shim here, a stand-in of pyenv, asdf or mise, and the Python version it stands for is not set in this folder or not installed",
            *instead(env, wanted),
            found=dead.finished.last_words,
            looked_in=dead.command[0],
        )
    return None
