"""The variables of a server of ours: the learner's, but for what keeps it out of their own folders and
lets us in.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from envcheck import Environment
from envcheck_checks import overrides
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.trials import Removed, variables_of
from envcheck_checks.notebook.folders import data_folder
from envcheck_checks.notebook.settings import own_token
from envcheck_checks.overrides import Program


def of(
    env: Environment, folder: Path, ipython: Path, changes: Sequence[Removed]
) -> dict[str, str | None]:
    """Those of a server with these folders; `changes` are those of a trial."""
    return {
        **private_folders(env).variables,
        "IPYTHONDIR": str(ipython),
        **overrides.variables(Program.SERVER, _ours(env, folder)),
        **variables_of(changes),
        **own_token.variables(env, folder, changes),
    }


def _ours(env: Environment, folder: Path) -> dict[str, str | None]:
    """A token is ours only where the learner set none: beside a password, Jupyter makes none."""
    theirs = env.variables.get("JUPYTER_TOKEN") or env.variables.get("JUPYTER_TOKEN_FILE")
    return {
        **data_folder.instead(env),
        **({} if theirs else {"JUPYTER_TOKEN": secrets.token_hex(24)}),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "npm_config_cache": str(folder / "npm"),
    }
