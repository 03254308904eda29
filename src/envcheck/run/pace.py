"""How many checks of a run go on at a time."""

from __future__ import annotations

from envcheck.environment import Environment
from envcheck.errors import NoRoom
from envcheck.target.allowance import allowance


def at_a_time(env: Environment, wanted: int) -> int:
    """As many as are wanted; one after the other where little is allowed. Raises NoRoom where a
    kernel would take envcheck with it, and nobody would hear why.
    """
    allowed = allowance(env)
    if allowed.too_little:
        raise NoRoom(
            f"this container or service allows all its programs together {allowed.words}, in which no kernel"
            " can be tried. Give it more"
        )
    return 1 if allowed.tight else wanted
