"""A Python without a pip, or with half of one, gets a whole one from its own ensurepip."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from envcheck import Confidence, Environment, Fix, Rename, Run, Step
from envcheck.fixes.advice import install, manager_of, own_pip
from envcheck.fixes.backup import move_aside
from envcheck.foreign_file import matching
from envcheck.target.interpreter import Interpreter


def put_pip_there(env: Environment, python: Interpreter, missing: Sequence[str]) -> Fix:
    """pip from ensurepip, and then what is missing. A system's Python is its owner's to change."""
    steps: list[Step] = [Run((python.executable, "-m", "ensurepip", "--upgrade"))]
    sure = Confidence.SURE if python.is_environment else Confidence.ASK
    if missing and manager_of(env, python):
        fix = install(env, python, missing)
        steps, sure = [*steps, *fix.steps], fix.confidence
    elif missing:
        steps.append(Run((*own_pip(python), *missing)))
    return Fix("put pip into this Python", tuple(steps), sure)


def pip_aside(python: Interpreter) -> tuple[Rename, ...]:
    """The steps that move pip aside: ensurepip mends one only when it sees none."""
    folder = Path(python.paths.get("purelib", python.prefix))
    there = [folder / "pip", *matching(folder, "pip-*.dist-info")]
    return tuple(move_aside(path) for path in there if os.path.exists(path))


def whole_pip(env: Environment, python: Interpreter, missing: Sequence[str]) -> Fix:
    """In place of what is left of it."""
    put = put_pip_there(env, python, missing)
    return Fix(
        "move what is left of pip aside and put a whole pip there",
        (*pip_aside(python), *put.steps),
        put.confidence,
    )
