"""An environment that was made in the course's folder under a name of the learner's own (`env`,
`ml-env`, direnv's) or far away by its manager, and is not active in this terminal.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes import standing
from envcheck.fixes.entering import enter
from envcheck.sentences import listed
from envcheck.target import kept_elsewhere
from envcheck.target.course_folder import course_folders, entries, lying_in
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck.target.runners import made_by_runner
from envcheck.target.typed_path import unread
from envcheck_checks.pip.codes import OWN_ENVIRONMENT_NOT_ACTIVE
from envcheck_checks.pip.other_environment import has_all
from envcheck_checks.stack import Stack

MOST_LINKS = 8
LINKED = (
    "a link leads to its Python, and by a link from outside a Python does not find its environment"
)


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, names: list[str]
) -> Diagnosis | None:
    """`names` are missing from a Python that was no choice of the learner's: an environment of
    theirs that has everything, nearest first.
    """
    chosen = python.is_environment and python.kind != "conda"
    if chosen or env.variables.get("PYTHONHOME") or env.located.rule.startswith("--python"):
        return None
    for place in _environments(env):
        if not python.is_at(place) and has_all(place, stack):
            return _not_active(env, python, place, names)
    return None


def _environments(env: Environment) -> Iterator[Path]:
    """Those that a link leads into, in the course's folders, where its manager keeps them, and where
    virtualenvwrapper keeps all of them. The home is meant too: `diagnose` names one that has
    everything, and puts nothing into it.
    """
    folders = course_folders(env.folder, env.variables)
    on_path = [place for _, place in _on_path(env)]
    wrapper = env.variables.get("WORKON_HOME") or home_of(env.variables) / ".virtualenvs"
    kept = [each.place for each in kept_elsewhere.environments(env.variables, folders)]
    for place in chain(
        _led_into(env),
        on_path,
        lying_in(folders),
        kept,
        entries(Path(wrapper)),
    ):
        marked = os.path.isfile(place / "pyvenv.cfg") and not made_by_runner(place)
        condas = os.path.isdir(place / "conda-meta") and place in (*on_path, *kept)
        inside = standing.python_in(place, "conda" if condas else "venv")
        if (marked or condas) and os.path.exists(inside):
            yield place


def _on_path(env: Environment) -> list[tuple[str, Path]]:
    """Those on PATH that the terminal does not find there, each behind its entry."""
    return [(entry, folder.parent) for entry, folder in unread(env.variables)]


def _led_into(env: Environment) -> Iterator[Path]:
    """Where the links lead by which this Python is started: `~/bin/python` to an environment's, say.
    Python looks for its environment beside the first link, and not where that leads.
    """
    place = Path(env.located.command[0])
    for _ in range(MOST_LINKS):
        try:
            place = place.parent / place.readlink()
        except OSError:
            return
        yield place.parent.parent


def _why(env: Environment, place: Path) -> str:
    entry = next((entry for entry, meant in _on_path(env) if meant == place), "")
    if entry:
        return f"PATH has it as `{entry}`: in quotes that is no home, and this terminal looks for a folder of that name"
    return LINKED if place in _led_into(env) else ""


def _not_active(env: Environment, python: Interpreter, place: Path, names: list[str]) -> Diagnosis:
    return fail(
        OWN_ENVIRONMENT_NOT_ACTIVE,
        f"this Python is without {listed(names)}; your environment `{place.name}` has the chapter's packages, "
        "and is not active in this terminal",
        enter(env, place),
        found=f"{python.executable} ({env.located.rule})",
        wanted=str(place),
        looked_in=str(place.parent),
        note=_why(env, place),
    )
