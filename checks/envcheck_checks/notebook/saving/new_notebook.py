"""Where the page's `New` puts a notebook: in the folder that is open, unless a setting of the learner's
has a name for it that leads elsewhere, or hides it.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment
from envcheck_checks.jupyter.settings import Setting, in_force, may_set
from envcheck_checks.notebook.settings import config

STEP = "make a new notebook under the name that a setting gives it"
OPTION = "untitled_notebook"
# What keeps the notebooks, by any of its names: the one that is used sets what it inherits, too.
KEEPERS = (
    "AsyncLargeFileManager", "LargeFileManager", "AsyncFileContentsManager", "FileContentsManager",
    "AsyncContentsManager", "ContentsManager",
)  # fmt: skip


def led_to(env: Environment) -> tuple[str, str]:
    """The folder below the open one, with its slash, and the dot that hides the notebook; both empty
    where no setting names it otherwise.
    """
    setting = _setting(env)
    if setting is None or not isinstance(setting.value, str):
        return "", ""
    above, _, name = setting.value.strip("/").rpartition("/")
    if os.pardir in above.split("/"):
        return "", ""  # the server refuses it by itself
    return f"{above}/" if above else "", "." if name.startswith(".") else ""


def diagnose(env: Environment, step: str) -> Diagnosis | None:
    """The setting, of which the step failed after a notebook had been made without it."""
    setting = _setting(env) if step == STEP else None
    if setting is None:
        return None
    return config.stops(
        env,
        setting.file,
        f"the Jupyter config file {Path(setting.file.path).name} names new notebooks so that none can be made: the page's `New` shows an error",
        f"{OPTION} = {setting.value!r}",
        "a name in the folder that is open, which does not begin with a dot",
    )


def _setting(env: Environment) -> Setting | None:
    return in_force(env, OPTION, *KEEPERS) if may_set(env, OPTION) else None
