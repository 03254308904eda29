"""What is typed meets another Python: the environment that was activated has everything, and the
stand-ins of pyenv, asdf or mise, or a folder that a start-up file put there later, stand before it
on PATH; or `pip` or `python` alone leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, fail, warn
from envcheck.fixes.advice import activation
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter
from envcheck.target.terminal import ACTIVATES, before
from envcheck_checks.commands.diagnose import are_scripts_on_path
from envcheck_checks.commands.facts import answers_as_no_python, on_path, prefix_of_running
from envcheck_checks.pip.codes import ENVIRONMENT_BEHIND_ANOTHER, PIP_OF_OTHER_PYTHON
from envcheck_checks.pip.other_environment import has_all
from envcheck_checks.stack import Stack


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, names: Sequence[str]
) -> Diagnosis | None:
    """`names` are missing from the Python that is met; None where it was asked for by name."""
    if env.located.rule.startswith("--python"):
        return None
    active = (env.variables.get(name, "") for name in ACTIVATES)
    for place in filter(None, active):
        first = before(env.variables, place)
        if first and not python.is_at(place) and has_all(Path(place), stack):
            return _behind(env, python, place, first, names)
    return None


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """What is typed leads to another Python than this one, which has what it needs."""
    others = (_pip_of_another(env, python), _python_is_another(env, python))
    return [diagnosis for diagnosis in others if diagnosis is not None]


def _pip_of_another(env: Environment, python: Interpreter) -> Diagnosis | None:
    typed = on_path(env, "pip")
    if (
        typed is None
        or typed.prefix is None
        or python.is_at(typed.prefix)
        or not are_scripts_on_path(env, python)
    ):
        return None  # without this Python's scripts on PATH, the Jupyter check says so for both
    return warn(
        PIP_OF_OTHER_PYTHON,
        "`pip` on its own belongs to a different Python here: `pip install` puts packages where this Python does not look",
        Fix(
            "call this Python's own pip",
            (Run((python.executable, "-m", "pip", "--version")),),
            Confidence.LIKELY,
        ),
        found=f"{typed.path}, of {typed.prefix}",
        wanted=f"python -m pip, of {python.prefix}",
        looked_in="PATH",
    )


def _python_is_another(env: Environment, python: Interpreter) -> Diagnosis | None:
    """This environment is complete and on PATH, and what is typed as `python` is another: a script or
    a link of that name in a folder before it. One that leads here after all is no matter.
    """
    if env.located.rule.startswith("--python") or not python.is_environment:
        return None
    typed = on_path(env, "python") if before(env.variables, python.prefix) else None
    if typed is None:
        return None
    path = str(Path(env.folder, typed.path))  # PATH may name the folder that the learner is in
    prefix = prefix_of_running(env, path)
    if prefix is None and not answers_as_no_python(env, path):
        return None
    if prefix is not None and python.is_at(prefix):
        return None
    name = Path(python.prefix).name
    return warn(
        ENVIRONMENT_BEHIND_ANOTHER,
        f"`python` alone is {'another' if prefix else 'no'} Python here: the environment `{name}` stands behind it on PATH, and "
        f"`python -m pip install` {'puts packages where notebooks do not look' if prefix else 'installs nothing'}",
        Fix(f"put `{name}` first: activate it again", (activation(env, python.prefix),)),
        found=f"{path}, of {prefix}"
        if prefix
        else f"{path}, which does not answer as a Python does",
        wanted=f"python of {python.prefix}",
        looked_in="PATH",
    )


def _behind(
    env: Environment, python: Interpreter, place: str, first: str, names: Sequence[str]
) -> Diagnosis:
    name = Path(place).name
    return fail(
        ENVIRONMENT_BEHIND_ANOTHER,
        f"this Python is without {listed(names)}; the environment `{name}`, which is activated here, has the chapter's "
        "packages and stands behind this Python on PATH",
        Fix(f"put `{name}` first: activate it again", (activation(env, place),)),
        found=f"{python.executable}, by {first}",
        wanted=place,
        looked_in="PATH",
        note=f"a start-up file of your shell puts {first} on PATH; in each terminal what is activated after that comes first",
    )
