"""A file of IPython's: whose it is, and how it is put aside."""

from __future__ import annotations

from pathlib import Path

from envcheck import Confidence, Environment, Fix, places
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference.private_folders import private_folders


def learners_file(env: Environment, file: Path) -> Path:
    """The learner's own file, of which `file` is our copy; itself where it is none."""
    folders = private_folders(env)
    inside = places.within(file, folders.ours)
    return folders.ipython / inside if inside is not None else file


def aside(env: Environment, own: Path, title: str = "move that file aside") -> Fix:
    """What others use as well only a person moves."""
    python, folder = interpreter(env), private_folders(env).ipython
    mine = places.lies_in(own, folder) or (python.is_environment and python.owns(str(own)))
    return Fix(title, (move_aside(own),), Confidence.SURE if mine else Confidence.ASK)
