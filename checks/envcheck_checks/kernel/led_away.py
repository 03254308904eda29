"""A start-up file of IPython that goes to another folder: what a cell reads by its name is looked for
there, not beside the notebook.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from envcheck import Diagnosis, Environment, places, warn
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference import ipython_for_all, removals
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.codes import IPYTHON_STARTUP_LEADS_AWAY
from envcheck_checks.kernel.ipython_config import find_breaking_file
from envcheck_checks.kernel.ipython_file import aside, learners_file
from envcheck_checks.kernel.shared import SharedKernel, folder_in_fresh_kernel


def warnings(env: Environment, shared: SharedKernel) -> list[Diagnosis]:
    """None where cells run in the folder of the notebook, and where Python itself goes elsewhere."""
    python = interpreter(env)
    away = shared.folder and not places.same(shared.folder, env.folder)
    if not away or (python.folder and places.same(shared.folder, python.folder)):
        return []

    def stays(change: Removed) -> bool:
        return places.same(folder_in_fresh_kernel(env, [change]) or "/", env.folder)

    own = removals.ipython(env)
    if own and (
        file := find_breaking_file(
            env, lambda copy: stays(replace(own[0], variables={"IPYTHONDIR": str(copy)}))
        )
    ):
        return [_leads_away(env, shared, file)]
    others = (change.name for change in ipython_for_all.removable(env) if stays(change))
    return [_leads_away(env, shared, Path(name)) for name in others][:1]


def _leads_away(env: Environment, shared: SharedKernel, file: Path) -> Diagnosis:
    own = learners_file(env, file)
    return warn(
        IPYTHON_STARTUP_LEADS_AWAY,
        f"the IPython file {own.name} goes to another folder: a file beside your notebook is not found by its name",
        aside(env, own),
        found=f"cells run in {shared.folder}",
        wanted=f"cells run in {env.folder}",
        looked_in=str(own),
    )
