"""Jupyter as the learner has it: can it be launched, which `jupyter` do they type, and which kernel does it start?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from envcheck import Check, Diagnosis, Environment, Fix, Outcome, Run, fact, fail, ok, warn
from envcheck.inside import ask, source_of
from envcheck.process import Finished
from envcheck.python import Interpreter, interpreter

from envcheck_checks.causes import limits, missing
from envcheck_checks.command import Command, jupyter_command, prefix_of
from envcheck_checks.private import private_folders
from envcheck_checks.stack import Stack, short


@dataclass(frozen=True)
class KernelSpec:
    """The `python3` kernel as the learner's Jupyter resolves it. `python` is the interpreter it would start."""

    argv: tuple[str, ...]
    python: str
    variables: Mapping[str, str]
    display_name: str
    interrupt_mode: str
    folder: str


@dataclass(frozen=True)
class LearnersJupyter:
    """What the target's own Jupyter says: modules it can find, its folders, its kernel. `errors` by part."""

    modules: Mapping[str, str]
    spec: KernelSpec | None
    runtime: str = ""
    user_data: str = ""
    user_config: str = ""
    config: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    errors: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    finished: Finished | None = None


@fact
def learners_jupyter(env: Environment) -> LearnersJupyter:
    """Asked inside the target, since a jupyter_client of ours would put its own Python into the spec."""
    python = interpreter(env)
    answer = ask(
        env,
        [python.executable],
        source_of("envcheck_checks.inside", "jupyter.py"),
        timeout=40,
        cwd=env.folder,
        variables=private_folders(env).variables,
    )
    said = answer.first
    core = said.get("core") or {}
    return LearnersJupyter(
        modules=said.get("launchers") or {},
        spec=_spec(env, python, said["spec"]) if said.get("spec") else None,
        runtime=core.get("runtime", ""),
        user_data=core.get("user_data", ""),
        user_config=core.get("user_config", ""),
        config=tuple(core.get("config", ())),
        data=tuple(core.get("data", ())),
        errors=said.get("errors") or {},
        finished=answer.finished,
    )


def _spec(env: Environment, python: Interpreter, said: Mapping[str, Any]) -> KernelSpec:
    argv = tuple(str(word) for word in said["argv"])
    return KernelSpec(
        argv=argv,
        python=started_by(env, python, argv[0] if argv else ""),
        variables={str(name): str(value) for name, value in said["env"].items()},
        display_name=str(said["display_name"]),
        interrupt_mode=str(said["interrupt_mode"]),
        folder=str(said["folder"]),
    )


def started_by(env: Environment, python: Interpreter, word: str) -> str:
    """The program that a spec's first word starts when the learner's Jupyter runs it.

    jupyter_client puts its own Python in place of a bare `python`, `python3` or `python3.12`; any other bare
    name is looked up on PATH.
    """
    major, minor = python.version_info
    if word in ("python", f"python{major}", f"python{major}.{minor}"):
        return python.executable
    if os.path.isabs(word):  # noqa: PTH117  # a Windows path must be judged by Windows rules only there
        return word
    import shutil

    return shutil.which(word, path=env.variables.get("PATH", "")) or word


def jupyter(stack: Stack, needs: tuple[Check, ...] = (), beside: tuple[Check, ...] = ()) -> Check:
    """Notebook or JupyterLab can be launched with the target, and `jupyter` on PATH is the target's."""

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        found = learners_jupyter(env)
        way = launch_way(env, stack)
        if way is None:
            return _nothing_to_launch(env, stack, found)
        warnings = [one for one in [_on_path(env, python, way)] if one is not None]
        names = [f"{label} {version}" for label, name in LABELS if name in found.modules and (version := _version(python, name))]
        return ok(f"{' and '.join(names) or way.module}, started by `{way.spoken}`", *warnings)

    return Check(
        id="jupyter",
        title="Jupyter",
        examine=examine,
        needs=needs,
        beside=beside,
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
    return LaunchWay(name, (python.executable, "-m", name), f"jupyter {sub}" if own else f"python -m {name}")


def _version(python: Interpreter, name: str) -> str:
    one = python.installed.get(name)
    return short(one.version) if one is not None and one.version else ""


def _nothing_to_launch(env: Environment, stack: Stack, found: LearnersJupyter) -> Outcome:
    absent = limits.diagnose(env) or missing.diagnose(env, stack, set())
    if absent is not None:
        return absent
    said = found.finished.last_words if found.finished is not None else ""
    return fail(
        "jupyter-damaged",
        "Jupyter is installed, and this Python cannot find anything of it to launch",
        missing.install(env, interpreter(env), ["--force-reinstall", *stack.launchers[:1]], title="reinstall Jupyter"),
        found=said or "no module notebook, no module jupyterlab",
        looked_in=interpreter(env).prefix,
    )


def _on_path(env: Environment, python: Interpreter, way: LaunchWay) -> Diagnosis | None:
    command = jupyter_command(env)
    line = Fix(f"start it with this Python: python -m {way.module}", (Run((python.executable, "-m", way.module)),))
    if command is None:
        return warn(
            "jupyter-not-on-path",
            "the command `jupyter` is not found on PATH, though Jupyter is installed in this Python",
            line,
            found="no jupyter on PATH",
            wanted=str(Path(python.scripts, "jupyter")),
            looked_in="PATH",
        )
    if command.prefix is not None and not python.is_at(command.prefix):
        return _of_another(python, command, line)
    if command.interpreter is not None and not Path(command.interpreter).exists():
        return warn(
            "jupyter-command-dead",
            "the command `jupyter` on PATH starts a Python that is no longer there (bad interpreter)",
            line,
            found=f"{command.path} starts {command.interpreter}",
            wanted=python.executable,
            looked_in="PATH",
            note="this happens when an environment is moved or renamed after it was made",
        )
    return None


def _of_another(python: Interpreter, command: Command, line: Fix) -> Diagnosis:
    return warn(
        "jupyter-of-other-python",
        "the command `jupyter` on PATH belongs to a different environment than this Python",
        line,
        found=f"{command.path}, of {command.prefix}",
        wanted=f"the one of {python.prefix} (sys.prefix)",
        looked_in="PATH",
    )


def kernel_registered(stack: Stack, needs: tuple[Check, ...] = ()) -> Check:
    """The `python3` kernel, as the learner's Jupyter resolves it, starts the target."""

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        found = learners_jupyter(env)
        if found.spec is None:
            return no_spec(env, stack, found)
        return _dead_or_foreign(env, python, found.spec) or ok(f"`{found.spec.display_name}` starts this Python")

    return Check(
        id="kernel-registered",
        title="Kernel spec",
        examine=examine,
        needs=needs,
        timeout=60,
        proves="the `python3` kernel that Jupyter finds starts this Python and no other",
    )


def no_spec(env: Environment, stack: Stack, found: LearnersJupyter) -> Diagnosis:
    """No kernel could be resolved: not installed, a broken file, or a Jupyter that does not load."""
    python = interpreter(env)
    absent = limits.diagnose(env) or missing.diagnose(env, stack, set())
    if absent is not None:
        return absent
    error = found.errors.get("spec", {})
    said = f"{error.get('error', '')}: {error.get('message', '')}".strip(": ")
    give = Fix("give this environment its own kernel", (Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix")),))
    if error.get("error") in ("JSONDecodeError", "KeyError", "ValueError", "UnicodeDecodeError"):
        return fail(
            "kernelspec-broken-file",
            "the file kernel.json of the kernel `python3` is not valid JSON",
            give,
            found=said,
            looked_in=_kernel_files(found),
        )
    return fail(
        "kernel-not-registered",
        "Jupyter finds no kernel named `python3` (No such kernel)",
        give,
        found=said or (found.finished.last_words if found.finished else ""),
        wanted="a kernel named python3 that starts this Python",
        looked_in=_kernel_files(found),
    )


def _kernel_files(found: LearnersJupyter) -> str:
    files = [Path(folder, "kernels", "python3", "kernel.json") for folder in found.data]
    there = [str(file) for file in files if file.exists()]
    return there[0] if there else ", ".join(str(Path(folder, "kernels")) for folder in found.data[:4])


def _dead_or_foreign(env: Environment, python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    if Path(spec.python) == Path(python.executable):
        return None
    looked = str(Path(spec.folder, "kernel.json"))
    give = register(env, python, spec)
    if not Path(spec.python).exists():
        return fail(
            "kernelspec-dead-interpreter",
            f"the kernelspec `{spec.display_name}` starts a Python (interpreter) that does not exist: it was deleted or moved",
            give,
            found=spec.python,
            wanted=python.executable,
            looked_in=looked,
        )
    prefix = prefix_of_running(env, spec.python)
    if prefix is not None and python.is_at(prefix):
        return None
    return fail(
        "kernelspec-other-python",
        f"the kernelspec `{spec.display_name}` starts a different Python than yours",
        give,
        found=f"{spec.python} (of {prefix or 'no environment'})",
        wanted=python.executable,
        looked_in=looked,
        note="a kernelspec in the user's folder shadows the environment's own one" if _is_users(env, spec) else "",
    )


def prefix_of_running(env: Environment, python: str) -> str | None:
    """The prefix that an interpreter itself reports; what lies on disk when it does not run."""
    ran = env.run([python, "-c", "import sys; print(sys.prefix)"], timeout=15)
    return ran.stdout.strip().splitlines()[-1] if ran.ok and ran.stdout.strip() else prefix_of(python)


def register(env: Environment, python: Interpreter, spec: KernelSpec) -> Fix:
    """Move the spec that is in the way aside, by its folder, and give the environment its own."""
    from envcheck import Rename

    install = Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix"))
    if python.owns(spec.folder):
        return Fix("give this environment its own kernel", (install,))
    backup = next(name for number in range(1, 1000) if not Path(name := f"{spec.folder}.envcheck-backup-{number}").exists())
    return Fix("move that kernelspec aside and give this environment its own kernel", (Rename(spec.folder, backup), install))


def _is_users(env: Environment, spec: KernelSpec) -> bool:
    user = learners_jupyter(env).user_data
    return bool(user) and Path(user) in Path(spec.folder).parents
