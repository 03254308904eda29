"""What a server of ours prints, as the learner's own would: ours has folders of its own, which are
gone when somebody looks for them.
"""

from __future__ import annotations

import re

from envcheck import Environment
from envcheck.processes.reason import reason
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble

REQUEST = re.compile(r"\b[1-5]\d\d (?:GET|HEAD|POST|PUT|PATCH|DELETE) /")


def in_their_words(env: Environment, server: Server, text: str) -> str:
    """The text with the learner's runtime and data folder in place of this server's."""
    theirs = learners_jupyter(env)
    for name, place in (("runtime", theirs.runtime), ("data", theirs.user_data)):
        if place:
            text = text.replace(str(server.folder / name), place)
    return text


def with_the_servers_reason(env: Environment, server: Server, trouble: ServerTrouble) -> str:
    """What came back, and what the server has logged of why: a line of its list of requests says no
    more than what came back.
    """
    logged = reason(server.running.settled_log())[:300]
    why = "" if REQUEST.search(logged) else logged
    return in_their_words(env, server, f"{trouble.actual} {why}".strip())
