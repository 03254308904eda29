"""What makes an environment that is there the one of the terminal."""

from __future__ import annotations

from pathlib import Path

from envcheck.environment import Environment
from envcheck.fixes.advice import activation
from envcheck.fixes.managed import entered
from envcheck.model import Confidence, Fix, Tell
from envcheck.target.projects import project_kept_at


def enter(env: Environment, place: Path) -> Fix:
    """By the activation script; by its manager's word where that keeps one without such a script."""
    project = project_kept_at(env, place)
    steps = entered(env, project) if project else (activation(env, str(place)),)
    by_hand = any(isinstance(step, Tell) for step in steps)
    title = f"use the environment `{place.name}`: activate it"
    return Fix(title, steps, Confidence.ASK if by_hand else Confidence.SURE)
