"""Jupyter's data folder where the learner has none yet: a server of ours makes it elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from envcheck import Environment
from envcheck.target.home import home_of
from envcheck_checks.jupyter.facts import learners_jupyter


def instead(env: Environment) -> Mapping[str, str | None]:
    """The variable of a data folder of ours where the learner's is not there. Jupyter would make
    it; it holds no kernels and no extensions, an empty one is the same to Jupyter, and the home
    stays as it was.
    """
    return (
        {}
        if os.path.lexists(_data_folder(env))
        else {"JUPYTER_DATA_DIR": str(env.new_folder("jupyter-data"))}
    )


def _data_folder(env: Environment) -> Path:
    """Where the learner's Jupyter keeps its data, without waiting for Jupyter's own answer where
    the rule is known.
    """
    if named := env.variables.get("JUPYTER_DATA_DIR"):
        return Path(named)
    if env.variables.get("JUPYTER_PLATFORM_DIRS"):
        return Path(learners_jupyter(env).user_data or home_of(env.variables))
    if sys.platform == "darwin":
        return home_of(env.variables) / "Library" / "Jupyter"
    if sys.platform == "win32":
        roaming = env.variables.get("APPDATA")
        return Path(roaming, "jupyter") if roaming else home_of(env.variables) / ".jupyter/data"
    return (
        Path(env.variables.get("XDG_DATA_HOME") or home_of(env.variables) / ".local" / "share")
        / "jupyter"
    )
