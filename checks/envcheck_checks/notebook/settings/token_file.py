"""JUPYTER_TOKEN_FILE names a file that Jupyter cannot read. Ours is given a token of its own."""

from __future__ import annotations

import os

from envcheck import Diagnosis, Environment, fail
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import variables
from envcheck_checks.notebook.codes import JUPYTER_CONFIG_NAMES_MISSING_FILE


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """It is not asked where JUPYTER_TOKEN wins."""
    named = env.variables.get("JUPYTER_TOKEN_FILE", "")
    if not named or env.variables.get("JUPYTER_TOKEN") or os.access(named, os.R_OK):
        return None
    return fail(
        JUPYTER_CONFIG_NAMES_MISSING_FILE,
        "JUPYTER_TOKEN_FILE names a file that does not exist or that you may not read: Jupyter cannot start",
        variables.unset("JUPYTER_TOKEN_FILE"),
        found=f"JUPYTER_TOKEN_FILE={named}",
        wanted="a file that can be read, or JUPYTER_TOKEN_FILE not set",
        looked_in="the variables of this terminal",
    )
