"""The page that Jupyter does not open by itself: JupyterLab's beside Notebook's, or the other way."""

from __future__ import annotations

from dataclasses import replace

from envcheck import Diagnosis, Environment, Severity, warn
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import settings
from envcheck_checks.interference.variables import unset
from envcheck_checks.notebook.codes import OTHER_PAGE_BROKEN

OF_PAGES = {"/lab": "jupyterlab", "/tree": "notebook"}
LEADS_LAB = ("JUPYTERLAB_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")


def warnings(env: Environment, trouble: str) -> list[Diagnosis]:
    """Its reader would see no notebook. `trouble` is its path, a colon, and what came instead; empty
    where it works.
    """
    if not trouble:
        return []
    path, _, actual = trouble.partition(": ")
    what = f"the page that opens works, and Jupyter's other page, {path}, does not"
    failure = Failure(what, actual, (OF_PAGES[path],) if path in OF_PAGES else (), data=True)
    cause = order.first_cause(env, failure, order.ABSENT, order.INSTALLATION)
    if cause is not None:
        return [replace(cause, code=OTHER_PAGE_BROKEN, severity=Severity.WARNING)]
    variable = next((name for name in LEADS_LAB if env.variables.get(name)), "")
    return [
        warn(
            OTHER_PAGE_BROKEN,
            what,
            unset(variable) if variable else ask_teacher(),
            found=actual,
            wanted="a page that shows a notebook",
            looked_in=settings.shown(variable, env.variables[variable])
            if variable
            else "a running server",
        )
    ]
