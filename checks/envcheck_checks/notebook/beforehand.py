"""What would stop the learner's own launch and ours would not meet: the port, the token and the
folders are ours.
"""

from __future__ import annotations

import os

from envcheck import Diagnosis, Environment
from envcheck.target.home import home_of
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine import home
from envcheck_checks.notebook import (
    address,
    ends_idle,
    folders,
    kernel_sockets,
    mime_type,
    password,
    port,
    token_file,
    work_folder,
)


def find_missing_home(env: Environment, _failure: Failure) -> Diagnosis | None:
    """The home is not there, and Jupyter keeps its files in it."""
    asked = learners_jupyter(env)
    folders_of_jupyter = (asked.runtime, asked.user_data, asked.user_config)
    own = f"{home_of(env.variables)}{os.sep}"
    return home.diagnose(env) if any(f.startswith(own) for f in folders_of_jupyter if f) else None


BEFOREHAND = (
    find_missing_home,
    folders.diagnose,
    kernel_sockets.diagnose,
    address.diagnose,
    port.diagnose,
    token_file.diagnose,
    password.diagnose,
    ends_idle.diagnose,
    mime_type.diagnose,
    work_folder.diagnose,
)
