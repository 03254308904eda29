"""Jupyter can be launched with the learner's Python, and the `jupyter` that they type is that
Python's.
"""

from __future__ import annotations

from dataclasses import dataclass

from envcheck import Check, Cost, Environment, Outcome, Severity, ok
from envcheck.model import Unknown
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands import aliased
from envcheck_checks.commands.diagnose import diagnose_jupyter
from envcheck_checks.commands.facts import jupyter_command, word_of
from envcheck_checks.commands.own_words import is_batch, runtime_folder, speaking
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.jupyter import nothing_to_launch
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.stack import Stack, short


def jupyter(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """Notebook or JupyterLab can be launched with the target, and `jupyter` on PATH is the
    target's.
    """

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        launchers = learners_jupyter(env)
        way = launch_way(env, stack)
        if way is None:
            return nothing_to_launch.diagnose(env, stack, launchers)
        typed = diagnose_jupyter(env, way.module)
        if isinstance(typed, Unknown):
            return typed
        if typed is not None and typed.severity is Severity.ERROR:
            return typed
        warnings = [*([typed] if typed is not None else []), *aliased.warnings(env, python)]
        names = [
            f"{label} {version}"
            for label, name in LABELS
            if name in launchers.modules and (version := _version(python, name))
        ]
        return ok(f"{' and '.join(names) or way.module}, started by `{way.spoken}`", *warnings)

    return Check(
        id="jupyter",
        title="Jupyter",
        cost=Cost(0.5, 95),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=60,
        proves="Notebook or JupyterLab is there to be launched, and `jupyter` on PATH is this Python's",
        symptom="`jupyter` is not found or does not start",
    )


LABELS = (("Notebook", "notebook"), ("JupyterLab", "jupyterlab"))


@dataclass(frozen=True)
class LaunchWay:
    """How the learner starts a notebook here: a module of the target, and what they would type.
    `speaks` that a script with words of its own stands between; `runtime` is the folder in which its
    servers may say their address.
    """

    module: str
    argv: tuple[str, ...]
    spoken: str
    speaks: bool = False
    runtime: str = ""


def launch_way(env: Environment, stack: Stack) -> LaunchWay | None:
    """The first launcher of the stack that the target has, by the modules that it can find, not by
    package names.
    """
    modules = learners_jupyter(env).modules
    name = next((name for name in (*stack.launchers, "nbclassic") if name in modules), None)
    return _way(env, name) if name else None


def likely_way(env: Environment, stack: Stack) -> LaunchWay | None:
    """The same by the metadata alone, which costs nothing: good enough to start the server with,
    while the truth is asked.
    """
    installed = interpreter(env).installed
    name = next((name for name in stack.launchers if name in installed), None)
    return _way(env, name) if name else launch_way(env, stack)


def by_module(env: Environment, name: str) -> LaunchWay:
    """The way that needs no command on PATH."""
    return LaunchWay(name, (interpreter(env).executable, "-m", name), f"python -m {name}")


def _way(env: Environment, name: str) -> LaunchWay:
    command = jupyter_command(env)
    if command is None or is_batch(command) or diagnose_jupyter(env, name) is not None:
        return by_module(env, name)
    word = word_of(name)
    speaks = speaking(env, name) is not None
    runtime = runtime_folder(env) if speaks else ""
    return LaunchWay(name, (command.path, word), f"jupyter {word}", speaks, runtime)


def _version(python: Interpreter, name: str) -> str:
    distribution = python.installed.get(name)
    return short(distribution.version) if distribution and distribution.version else ""
