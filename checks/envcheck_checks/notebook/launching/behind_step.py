"""What is behind a step of a page's that failed, where a look at the learner's files tells it."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, Outcome, unknown
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.notebook.folders import path_as_pattern
from envcheck_checks.notebook.launching import extension_off
from envcheck_checks.notebook.page import opened_as_text, turned_off
from envcheck_checks.notebook.saving import hidden_notebooks, new_notebook, not_saved
from envcheck_checks.notebook.server.learners_server import ServerTrouble
from envcheck_checks.notebook.settings import lab_extensions, own_token


def diagnose(env: Environment, trouble: ServerTrouble, failure: Failure) -> Outcome | None:
    """Each knows its own step by the trouble; None where none of them does. Who was not let in knows
    nothing.
    """
    if shut_out := own_token.nobody_knows(env, trouble.actual):
        return unknown(shut_out)
    return (
        not_saved.behind(env, trouble)
        or new_notebook.diagnose(env, trouble.step)
        or turned_off.diagnose(env, trouble)
        or hidden_notebooks.diagnose(env, trouble)
        or opened_as_text.diagnose(env, trouble)
        or (_of_a_page(env, failure) if "page" in trouble.step else None)
    )


def _of_a_page(env: Environment, failure: Failure) -> Diagnosis | None:
    return (
        path_as_pattern.diagnose(env)
        or extension_off.find(env, failure)
        or lab_extensions.find_unreadable(env, failure)
    )
