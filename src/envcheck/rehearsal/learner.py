"""The variables of somebody who has just cloned the course: nothing of the author's environments."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from envcheck import path_lists

# What an author has set for their own Python, notebooks and tools.
AUTHORS = ("PYTHON", "VIRTUAL_ENV", "CONDA_", "JUPYTER", "IPYTHON", "ENVCHECK_", "UV_PROJECT")
HOMES = ("HOME", "USERPROFILE")
# Where managers of programs keep what the machine has, if nothing else is said: the folder below the
# home in which their commands on PATH look, and the variable that names another one.
PROGRAMS = {
    "ASDF_DATA_DIR": ".asdf",
    "CARGO_HOME": ".cargo",
    "DOCKER_CONFIG": ".docker",
    "JENV_ROOT": ".jenv",
    "JULIAUP_DEPOT_PATH": ".julia",
    "MISE_DATA_DIR": ".local/share/mise",
    "NODENV_ROOT": ".nodenv",
    "NVM_DIR": ".nvm",
    "PYENV_ROOT": ".pyenv",
    "RBENV_ROOT": ".rbenv",
    "RUSTUP_HOME": ".rustup",
    "SDKMAN_DIR": ".sdkman",
    "VOLTA_HOME": ".volta",
}
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def installing(variables: Mapping[str, str], temporary: Path) -> dict[str, str]:
    """For installing: the author's home stays, for it has the addresses of the index and the files
    that were fetched before.
    """
    return {
        **{name: value for name, value in variables.items() if not name.startswith(AUTHORS)},
        **dict.fromkeys(TEMPORARY, str(temporary)),
        "PIP_NO_INPUT": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "POETRY_VIRTUALENVS_IN_PROJECT": "true",
    }


def examining(
    variables: Mapping[str, str], temporary: Path, home: Path, python: Path
) -> dict[str, str]:
    """For the chapters: an empty home, the environment active, and the programs of this machine, which
    some managers keep in the author's home.
    """
    path = path_lists.joined((python.parent, *path_lists.parts(variables, "PATH")))
    return {
        **_programs(variables),
        **installing(variables, temporary),
        **dict.fromkeys(HOMES, str(home)),
        "PATH": path,
        "VIRTUAL_ENV": str(python.parent.parent),
    }


def _programs(variables: Mapping[str, str]) -> dict[str, str]:
    own = next((variables[name] for name in HOMES if variables.get(name)), "")
    folders = {name: Path(own, below) for name, below in PROGRAMS.items()} if own else {}
    return {name: str(folder) for name, folder in folders.items() if os.path.isdir(folder)}
