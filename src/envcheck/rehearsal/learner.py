"""The variables of somebody who has just cloned the course: nothing of the author's environments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from envcheck import path_lists

# What an author has set for their own Python, notebooks and tools.
AUTHORS = ("PYTHON", "VIRTUAL_ENV", "CONDA_", "JUPYTER", "IPYTHON", "ENVCHECK_", "UV_PROJECT")
HOMES = ("HOME", "USERPROFILE")
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
    """For the chapters: an empty home, and the environment active."""
    path = path_lists.joined((python.parent, *path_lists.parts(variables, "PATH")))
    return {
        **installing(variables, temporary),
        **dict.fromkeys(HOMES, str(home)),
        "PATH": path,
        "VIRTUAL_ENV": str(python.parent.parent),
    }
