"""Damaged packages installed once more; or an environment of the course's own, where too many are."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Environment, Fix
from envcheck.fixes.advice import new_environment
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed.dead_links import with_all_others
from envcheck_checks.installed.reinstall import reinstall

MOST = 12  # packages whose files are moved one by one, with lines that a person can follow


def anew(
    env: Environment, python: Interpreter, names: Sequence[str], everything: Sequence[str]
) -> Fix:
    """These, with all whose files went with theirs. After `uv cache clean` that may be the whole
    environment: with nothing of it left, one with `everything` that the chapter needs takes its place.
    """
    again = with_all_others(python, names) if python.is_environment else list(names)
    if len(again) > MOST and everything and len(again) > len(names):
        return new_environment(env, python, everything)
    again = again if len(again) <= MOST else list(names)
    return reinstall(env, python, again, f"reinstall {', '.join(again)}")
