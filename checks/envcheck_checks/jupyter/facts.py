"""Facts of the learner's own Jupyter, asked inside the target: its modules, its folders, and the
kernel it resolves.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any

from envcheck import Environment, fact
from envcheck.processes.process import Finished
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.commands.facts import prefix_of_running
from envcheck_checks.installed import kernel_command
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.trials import Removed, folder_of, variables_of


@dataclass(frozen=True)
class KernelSpec:
    """A kernel as the learner's Jupyter resolves it. `python` is the interpreter, or another
    program, that it would start.
    """

    argv: tuple[str, ...]
    python: str
    variables: Mapping[str, str]
    display_name: str
    interrupt_mode: str
    folder: str
    language: str = "python"


@dataclass(frozen=True)
class LearnersJupyter:
    """What the target's own Jupyter says: modules it can find, its folders, its kernel `python3`, and
    all `kernels` by the names that its pages offer. `errors` by part.
    """

    modules: Mapping[str, str]
    spec: KernelSpec | None
    runtime: str = ""
    user_data: str = ""
    user_config: str = ""
    config: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    kernels: Mapping[str, KernelSpec] = field(default_factory=dict)
    errors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    finished: Finished | None = None

    @property
    def late(self) -> bool:
        """Whether it was given up before it had answered."""
        return self.finished is not None and self.finished.late


PLACES = {name: str for name in ("version?", "user_config?", "user_data?", "runtime?")}
SPEC = {"argv": [str], "env": {object}, **dict.fromkeys(("display_name", "interrupt_mode", "folder", "language?"), object)}  # fmt: skip
ERROR = {"error": str, "message": str, "missing?": str, "files": [str]}
SAID: Mapping[str, Any] = {
    "launchers?": {str}, "core?": {**PLACES, "config?": [str], "data?": [str]}, "spec?": SPEC,
    "kernels?": {str: SPEC}, "errors?": {str: ERROR},
}  # fmt: skip


@fact
def learners_jupyter(env: Environment) -> LearnersJupyter:
    """What the learner's Jupyter says of itself. Asked inside the target, since a jupyter_client of
    ours would put its own Python into the spec.
    """
    return ask_jupyter(env, ())


def ask_jupyter(env: Environment, changes: Sequence[Removed]) -> LearnersJupyter:
    """What the learner's Jupyter answers with some of their settings taken away."""
    python = interpreter(env)
    answer = ask(
        env,
        [python.executable],
        source_of("envcheck_checks.in_target", "jupyter.py"),
        shape=SAID,
        timeout=40,
        cwd=folder_of(env, changes),
        variables={**private_folders(env).variables, **variables_of(changes)},
    )
    reply = answer.first
    core = reply.get("core") or {}
    return LearnersJupyter(
        modules=reply.get("launchers") or {},
        spec=_spec(env, python, reply["spec"]) if reply.get("spec") else None,
        runtime=core.get("runtime") or "",
        user_data=core.get("user_data") or "",
        user_config=core.get("user_config") or "",
        config=tuple(core.get("config") or ()),
        data=tuple(core.get("data") or ()),
        kernels={
            name: _spec(env, python, spec) for name, spec in (reply.get("kernels") or {}).items()
        },
        errors=reply.get("errors") or {},
        finished=answer.finished,
    )


def _spec(env: Environment, python: Interpreter, spec: Mapping[str, Any]) -> KernelSpec:
    argv = tuple(str(word) for word in spec["argv"])
    variables = {str(name): str(value) for name, value in spec["env"].items()}
    return KernelSpec(
        argv=argv,
        python=started_by(env, python, argv[0] if argv else "", variables.get("PATH", "")),
        variables=variables,
        display_name=str(spec["display_name"]),
        interrupt_mode=str(spec["interrupt_mode"]),
        folder=str(spec["folder"]),
        language=str(spec.get("language") or "python"),
    )


def prefix_started(env: Environment, spec: KernelSpec) -> str | None:
    """The prefix of the Python that the spec's command starts in the end, looked up once a run;
    None where its words cannot be given to a Python.

    `/usr/bin/env python`, `conda run` and wrapper scripts hand on what follows them.
    """
    command = kernel_command.parted(spec.argv)
    if not command.module and not kernel_command.is_called_python(spec.python):
        return None
    before = command.start[1:] if command.module else ()
    return env.look_up(
        f"prefix started by {spec.argv}", lambda env: prefix_of_running(env, spec.python, *before)
    )


def started_by(env: Environment, python: Interpreter, word: str, path: str = "") -> str:
    """The program that a spec's first word starts when the learner's Jupyter runs it.

    jupyter_client puts its own Python in place of a bare `python`, `python3` or `python3.12`; any
    other bare name is looked up on PATH: on the spec's own, `path`, where it sets one.
    """
    major, minor = python.version_info
    if word in ("python", f"python{major}", f"python{major}.{minor}"):
        return python.executable
    if os.path.isabs(word):  # noqa: PTH117  # a Windows path must be judged by Windows rules only there
        return word
    import shutil

    learners = env.variables.get("PATH", "")
    own = Template(path).safe_substitute(env.variables) if path else learners
    return shutil.which(word, path=own) or word
