"""What a fix may do: change what belongs to the learner, with the learner's own rights. Nothing
else, ever.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from envcheck import places
from envcheck.environment import Environment
from envcheck.model import Run, Step
from envcheck.target.belongings import VENV, changed, is_learners, outside
from envcheck.target.interpreter import Interpreter, Unusable, question, target
from envcheck.target.projects import of_another, project_of

ELEVATES = ("sudo", "doas", "runas", "pkexec", "su", "gsudo")
INSTALLERS = ("pip", "ensurepip")
AWAY_FROM_THE_FOLDER = ("-I", "-P")  # options of Python itself


def refuse(env: Environment, step: Step, made: Sequence[str] = ()) -> str:
    """Why this step is not carried out, in words; empty when it may be. `made` are the folders that
    the steps before it make anew.
    """
    if isinstance(step, Run) and (why := _elevation(step) or _foreign(env, step, made)):
        return why
    if why := _of_another(env, step):
        return why
    path = outside(env, step)
    return (
        f"{path} is outside of your environment, your settings and this folder: envcheck does not touch it"
        if path
        else ""
    )


def _elevation(step: Run) -> str:
    """sudo is printed, never run."""
    if any(Path(word).name.lower().removesuffix(".exe") in ELEVATES for word in step.argv[:2]):
        return "this fix needs an administrator's rights, which envcheck never takes by itself"
    return ""


def _foreign(env: Environment, step: Run, made: Sequence[str]) -> str:
    """Nothing is installed into a Python that is not an environment of the learner's own."""
    python = _filled(step)
    if not python:
        return ""
    answer = _answer(env, python, made)
    if isinstance(answer, Interpreter) and not answer.is_environment:
        return f"{python} is not an environment of its own: envcheck installs nothing into it"
    if not is_learners(env, Path(env.folder, python)):
        return f"{python} is not in an environment of yours: envcheck installs nothing into it"
    project = project_of(env, answer) if isinstance(answer, Interpreter) else None
    if project is not None and "install" in step.argv:
        return f"{project.tool.name} manages {project.folder}: envcheck installs nothing past it"
    return ""


def _of_another(env: Environment, step: Step) -> str:
    """Nothing is changed in an environment that may be another course's."""
    paths = [*changed(env, step)]
    if isinstance(step, Run):
        words = _words(step)
        of_itself = words[:1] == ("-m",) and words[:2] != VENV
        paths += [step.argv[0] if of_itself else "", _filled(step)]
    command = env.located.command[0]
    around = Path(command).parent.parent
    likely = any(path and places.lies_in(path, around) for path in paths)
    answer = target(env) if likely else target.already(env)
    if not isinstance(answer, Interpreter) or not (other := of_another(env, answer)):
        return ""
    if not any(path and places.lies_in(path, answer.prefix) for path in paths):
        return ""
    whose = (
        f"the course here has {other.place}" if other.is_here else f"it belongs to {other.place}"
    )
    return f"{answer.prefix} is not the environment of this folder ({whose}): a person decides"


def _answer(env: Environment, python: str, made: Sequence[str]) -> Interpreter | Unusable | None:
    """What this Python says of itself; None for one that is still to be made."""
    answer = target.already(env)
    if isinstance(answer, Interpreter) and answer.executable == python and answer.is_environment:
        return answer
    to_come = any(places.lies_in(python, place) for place in made)
    return None if to_come or not os.path.lexists(python) else question(env, (python,))


def _filled(step: Run) -> str:
    """The Python into which a command installs; empty where it is none that does."""
    words = _words(step)
    if words[:1] == ("-m",) and words[1:2] and words[1] in INSTALLERS:
        return step.argv[0]
    if words[:1] == ("pip",) and "--python" in words[:-1]:
        return words[words.index("--python") + 1]
    return ""


def _words(step: Run) -> tuple[str, ...]:
    """A command's words, behind the program and what only keeps it from the folder's files."""
    return tuple(word for word in step.argv[1:] if word not in AWAY_FROM_THE_FOLDER)
