"""A page is served, and nothing comes through the WebSocket to its kernel."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Trial
from envcheck_checks.diagnosis.installation import find_unfit_dependency
from envcheck_checks.notebook.codes import WEBSOCKET_BLOCKED
from envcheck_checks.notebook.launching.retry import is_config_the_cause, works_with_variables
from envcheck_checks.notebook.server.learners_server import ServerTrouble
from envcheck_checks.notebook.settings import config

# A page was served, so files and settings do their work; the one setting that blocks a WebSocket
# alone, Jupyter's configuration, is tried where the diagnosis is made.
CAUSES = (*order.MACHINE, *order.PERMISSIONS, find_unfit_dependency)


def last(env: Environment, trouble: ServerTrouble, works: Trial) -> Diagnosis:
    """Jupyter's configuration is the cause only where the same server works without it."""
    by_config = is_config_the_cause(env, works, late=trouble.late)
    breaking = (
        config.breaks_start(env, trouble.actual, works_with_variables(works)) if by_config else None
    )
    return fail(
        WEBSOCKET_BLOCKED,
        "the notebook page is served, and the WebSocket to its kernel is blocked: the page would say `connecting to kernel` for ever",
        *(breaking.fixes if breaking is not None else ()),
        tell(
            "let it through",
            "Allow connections to localhost in your antivirus or security program. If that does not help, show this report to your teacher.",
        ),
        found=trouble.actual,
        wanted="a WebSocket to the kernel",
        looked_in=breaking.evidence.looked_in if breaking is not None else "a running server",
    )
