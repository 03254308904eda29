"""The home is not there, and Jupyter keeps its files in it."""

from __future__ import annotations

import os

from envcheck import Diagnosis, Environment
from envcheck.target.home import home_of
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine import home


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """The home is not there, and Jupyter keeps its files in it."""
    asked = learners_jupyter(env)
    folders_of_jupyter = (asked.runtime, asked.user_data, asked.user_config)
    own = f"{home_of(env.variables)}{os.sep}"
    return home.diagnose(env) if any(f.startswith(own) for f in folders_of_jupyter if f) else None
