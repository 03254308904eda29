"""What would stop the learner's own launch and ours would not meet: the port, the token and the
folders are ours.
"""

from __future__ import annotations

import os

from envcheck import Diagnosis, Environment, fail
from envcheck.target.home import home_of
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import variables
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine import home
from envcheck_checks.notebook import address, folders, mime_type, password, port, work_folder
from envcheck_checks.notebook.codes import JUPYTER_CONFIG_NAMES_MISSING_FILE


def find_missing_home(env: Environment, _failure: Failure) -> Diagnosis | None:
    """The home is not there, and Jupyter keeps its files in it."""
    asked = learners_jupyter(env)
    folders_of_jupyter = (asked.runtime, asked.user_data, asked.user_config)
    own = f"{home_of(env.variables)}{os.sep}"
    return home.diagnose(env) if any(f.startswith(own) for f in folders_of_jupyter if f) else None


def find_missing_token_file(env: Environment, _failure: Failure) -> Diagnosis | None:
    """JUPYTER_TOKEN_FILE names a file that Jupyter cannot read."""
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


BEFOREHAND = (
    find_missing_home,
    folders.diagnose,
    address.diagnose,
    port.diagnose,
    find_missing_token_file,
    password.diagnose,
    mime_type.diagnose,
    work_folder.diagnose,
)
