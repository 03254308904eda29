"""The page that Jupyter does not open by itself: JupyterLab's beside Notebook's, or the other way."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from envcheck import Diagnosis, Environment, Severity, warn
from envcheck.fixes.advice import ask_teacher
from envcheck.processes.reason import reason
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.notebook.codes import OTHER_PAGE_BROKEN
from envcheck_checks.notebook.launching import extension_off
from envcheck_checks.notebook.launching.retry import retry_server
from envcheck_checks.notebook.launching.trial import other_page_works_without
from envcheck_checks.notebook.server.learners_server import Server
from envcheck_checks.notebook.server.their_words import in_their_words

OF_PAGES = {"/lab": "jupyterlab", "/tree": "notebook"}
TRIALS_SECONDS = 30.0  # a warning is not worth the limit of its check


def warnings(env: Environment, way: LaunchWay, started: Server, trouble: str) -> list[Diagnosis]:
    """Its reader would see no notebook. `trouble` is its path, a colon, and what came instead; empty
    where it works.
    """
    if not trouble:
        return []
    path, _, actual = trouble.partition(": ")
    log = in_their_words(env, started, started.running.settled_log())
    what = f"the page that opens works, and Jupyter's other page, {path}, does not"
    works = partial(other_page_works_without, env, way, time.monotonic() + TRIALS_SECONDS)
    failure = Failure(
        what,
        f"{log}\n{actual}",
        (OF_PAGES[path],) if path in OF_PAGES else (),
        retry=retry_server(works, late=False),
        data=True,
    )
    cause = order.first_cause(env, failure, CAUSES)
    if cause is not None:
        return [replace(cause, code=OTHER_PAGE_BROKEN, severity=Severity.WARNING)]
    return [
        warn(
            OTHER_PAGE_BROKEN,
            what,
            ask_teacher(),
            found=f"{actual} {reason(log)[:300]}".strip(),
            wanted="a page that shows a notebook",
            looked_in="a running server",
        )
    ]


CAUSES = (
    extension_off.find,
    *order.SETTINGS,
    *order.INSTALLATION,
    *order.OTHER_VARIABLES,
)
