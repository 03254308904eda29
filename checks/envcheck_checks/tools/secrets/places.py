"""Where credentials stand that should not: told by place and kind. The value never gets here: it
stays in the target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from envcheck import Environment, places
from envcheck.target.course_folder import course_folders
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck.target.script import Answer, ask, source_of

SHOWN = 12


def course_folder(env: Environment) -> Path:
    """The folder that is read: the course's, or the one that the learner is in where the course's
    would be their home.
    """
    top = Path(course_folders(env.folder, env.variables)[-1])
    home = str(home_of(env.variables))
    return env.folder if len(top.parts) < 2 or places.lies_in(home, top) else top


def look(
    env: Environment,
    script: str,
    *words: str,
    shape: Mapping[str, Any],
    timeout: float,
    variables: Mapping[str, str | None] | None = None,
) -> Answer:
    """What a script of `inside` found in the target, with what it knows of credentials before it."""
    inside = "envcheck_checks.in_target"
    source = (
        f"{source_of(inside, 'credentials.py')}\n{source_of(inside, script)}\nanswer()\n".replace(
            "from __future__ import annotations\n", ""
        )
    )
    return ask(
        env,
        [interpreter(env).executable],
        source,
        *words,
        shape=shape,
        timeout=timeout,
        variables=variables,
        low_priority=True,
    )


def first_lines(lines: Sequence[str], more: bool) -> str:
    """The first of these lines, and how many there are beside, as evidence."""
    beside = len(lines) - SHOWN
    rest = [f"and {beside}{' or more' if more else ''} others"] if beside > 0 else []
    return "\n".join([*lines[:SHOWN], *rest])


def number(answer: Mapping[str, Any], name: str) -> int:
    """The count of this name in a script's answer; 0 where it holds none."""
    value = answer.get(name)
    return value if isinstance(value, int) else 0
