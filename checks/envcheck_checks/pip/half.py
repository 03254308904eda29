"""A pip that says its version, and what it installs with is not there: an upgrade was interrupted."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, fail, warn
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed.files import look
from envcheck_checks.pip.cannot_install import missing_names
from envcheck_checks.pip.codes import PIP_BROKEN
from envcheck_checks.pip.put_pip_there import whole_pip
from envcheck_checks.stack import Stack


def find_half_of_it(env: Environment, stack: Stack) -> Diagnosis | None:
    """A failure where something must be installed, else a warning. Asked of an environment alone,
    whose pip is nobody else's: systems and conda leave parts of theirs out.
    """
    python = interpreter(env)
    row = python.installed.get("pip") if python.is_environment else None
    damaged = look(python, row) if row is not None and row.has_record else None
    if damaged is None or python.kind == "conda":
        return None
    missing = missing_names(env, stack)
    make = fail if missing else warn
    return make(
        PIP_BROKEN,
        "pip of this Python says its version and is not whole: it cannot install anything",
        whole_pip(env, python, missing),
        found=damaged.detail,
        wanted=f"the files that {damaged.distribution.entry} lists",
        looked_in=damaged.file,
    )
