"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

COMMAND_ALIASED = Code(
    "command-aliased",
    "What is typed is an alias for another Python's program",
    "jupyter",
    severity=Severity.WARNING,
)
ENVIRONMENT_MOVED = Code(
    "environment-moved",
    "This environment was moved or renamed after it was made",
    ("python", "jupyter"),
    severity=None,
    automatic=True,
)
JUPYTER_COMMAND_DEAD = Code(
    "jupyter-command-dead",
    "The command `jupyter` names a Python that is not there",
    "jupyter",
    automatic=True,
)
JUPYTER_COMMAND_SPOILS = Code(
    "jupyter-command-spoils",
    "The command `jupyter` is a script through which Jupyter does not work",
    "notebook-launches",
    automatic=True,
)
JUPYTER_OF_OTHER_PYTHON = Code(
    "jupyter-of-other-python",
    "The command `jupyter` belongs to another Python",
    "jupyter",
    severity=Severity.WARNING,
)
SCRIPTS_NOT_ON_PATH = Code(
    "scripts-not-on-path",
    "The command `jupyter` is installed where the terminal does not look",
    "jupyter",
    severity=Severity.WARNING,
)
SPACE_IN_SCRIPT_PATH = Code(
    "space-in-script-path",
    "The command `jupyter` cannot start, since its path has a space",
    "jupyter",
    automatic=True,
)
