"""What a report calls automatic is what `--fix` would carry out: each such fix is asked of the
policy, and one that it refuses is shown to a person.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TypeVar

from envcheck.environment import Environment
from envcheck.model import Confidence, Fix, Rename, Run, Step
from envcheck.run.policy import refuse
from envcheck.run.rebuild import with_parts

V = TypeVar("V")


def permitted(value: V, env: Environment) -> V:
    """The value, in which no fix is automatic that the policy refuses. Questions a Python only
    where one installs into it, and only one that is there already.
    """
    if isinstance(value, Fix):
        shown = value.automatic and why_not(env, value)
        return dataclasses.replace(value, confidence=Confidence.ASK) if shown else value
    return with_parts(value, lambda item: permitted(item, env))


def why_not(env: Environment, fix: Fix) -> str:
    """Why the policy would refuse a step of this fix; empty when it would carry out all of them."""
    made: list[str] = []
    for step in fix.steps:
        if why := refuse(env, step, made):
            return why
        made += _made(step)
    return ""


def _made(step: Step) -> Iterable[str]:
    """The folders that are other ones once this step is done: what lay there is no answer to what a
    later step meets.
    """
    if isinstance(step, Rename):
        return (step.source, step.to)
    if isinstance(step, Run) and "venv" in step.argv:
        return step.argv[-1:]
    return ()
