"""The notebook launches: served, a cell run, a notebook saved, shut down, with the learner's own
configuration.
"""

from __future__ import annotations

from envcheck import Check, Cost, Environment, Outcome
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.notebook.server import learners_server
from envcheck_checks.stack import Stack


def notebook_launches(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """The target's notebook server starts and does what a page asks of it, and the learner's own
    folders can be used.
    """

    def examine(env: Environment) -> Outcome:
        # Imported here: seventy modules that a run without a server does without.
        from envcheck_checks.notebook.launching.launch import launch_likely

        return launch_likely(env, stack)

    return Check(
        id="notebook-launches",
        title="Notebook",
        cost=Cost(3.5, 180),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=learners_server.UP_SECONDS * 2.2,
        traits=frozenset({"server"}),
        proves="the server starts, serves its page, refuses a wrong token, runs a cell over the websocket, saves a notebook and shuts down",
        symptom="`jupyter notebook` ends with an error, its page does not open, or nothing is saved",
        slow_because="Jupyter's server loads many files when it starts",
    )
