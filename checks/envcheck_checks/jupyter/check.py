"""Jupyter can be launched with the learner's Python, and the `jupyter` that they type is that Python's."""

from __future__ import annotations

from dataclasses import dataclass

from envcheck import Check, Cost, Environment, Outcome, Severity, fail, ok
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands.diagnose import diagnose_jupyter
from envcheck_checks.commands.facts import jupyter_command
from envcheck_checks.installed import dependencies, files, missing
from envcheck_checks.installed.reinstall import reinstall, unlisted
from envcheck_checks.jupyter.codes import JUPYTER_DAMAGED
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import limits
from envcheck_checks.stack import Stack, short


def jupyter(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """Notebook or JupyterLab can be launched with the target, and `jupyter` on PATH is the target's."""

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        found = learners_jupyter(env)
        way = launch_way(env, stack)
        if way is None:
            return _nothing_to_launch(env, stack, found)
        typed = diagnose_jupyter(env, way.module)
        if typed is not None and typed.severity is Severity.ERROR:
            return typed
        warnings = [typed] if typed is not None else []
        names = [
            f"{label} {version}"
            for label, name in LABELS
            if name in found.modules and (version := _version(python, name))
        ]
        return ok(f"{' and '.join(names) or way.module}, started by `{way.spoken}`", *warnings)

    return Check(
        id="jupyter",
        title="Jupyter",
        cost=Cost(0.5, 95),
        examine=examine,
        needs=needs,
        explained_by=explained_by,
        timeout=60,
        proves="Notebook or JupyterLab is there to be launched, and `jupyter` on PATH is this Python's",
    )


LABELS = (("Notebook", "notebook"), ("JupyterLab", "jupyterlab"))


@dataclass(frozen=True)
class LaunchWay:
    """How the learner starts a notebook here: a module of the target, and what they would type."""

    module: str
    argv: tuple[str, ...]
    spoken: str


def launch_way(env: Environment, stack: Stack) -> LaunchWay | None:
    """The first launcher of the stack that the target has, by the modules that it can find, not by package names."""
    modules = learners_jupyter(env).modules
    name = next((name for name in (*stack.launchers, "nbclassic") if name in modules), None)
    return _way(env, name) if name else None


def likely_way(env: Environment, stack: Stack) -> LaunchWay | None:
    """The same by the metadata alone, which costs nothing: good enough to start the server with, while the truth is asked."""
    installed = interpreter(env).installed
    name = next((name for name in stack.launchers if name in installed), None)
    return _way(env, name) if name else launch_way(env, stack)


def _way(env: Environment, name: str) -> LaunchWay:
    python, command = interpreter(env), jupyter_command(env)
    own = command is not None and command.prefix is not None and python.is_at(command.prefix)
    sub = {"jupyterlab": "lab"}.get(name, name)
    return LaunchWay(
        name, (python.executable, "-m", name), f"jupyter {sub}" if own else f"python -m {name}"
    )


def _version(python: Interpreter, name: str) -> str:
    one = python.installed.get(name)
    return short(one.version) if one is not None and one.version else ""


def _nothing_to_launch(env: Environment, stack: Stack, found: LearnersJupyter) -> Outcome:
    known = (
        limits.diagnose()
        or missing.diagnose(env, stack, set())
        or files.diagnose(env, dependencies.closure(interpreter(env), stack.launchers))
    )
    if known is not None:
        return known
    said = found.finished.last_words if found.finished is not None and not found.finished.ok else ""
    python = interpreter(env)
    there = [name for name in stack.launchers if name in python.installed]
    again = dict.fromkeys([*there, *unlisted(python, dependencies.closure(python, there))])
    return fail(
        JUPYTER_DAMAGED,
        "Jupyter is installed, and this Python cannot find anything of it to launch",
        reinstall(env, python, list(again), "reinstall Jupyter"),
        found=said or ", ".join(f"no module {name}" for name in stack.launchers),
        looked_in=python.prefix,
    )
