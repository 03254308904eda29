"""The kernelspec `python3`: not there, unreadable, or starting another Python, a dead one, or the right one with bad variables."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Run, fail
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.commands.facts import prefix_of_running
from envcheck_checks.installed import dependencies, files, missing, permissions
from envcheck_checks.installed.reinstall import reinstall, unlisted
from envcheck_checks.interference import settings, trials
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, ask_jupyter, learners_jupyter
from envcheck_checks.kernel.codes import (
    KERNEL_NOT_REGISTERED,
    KERNELSPEC_BROKEN_FILE,
    KERNELSPEC_DEAD_INTERPRETER,
    KERNELSPEC_OTHER_PYTHON,
    KERNELSPEC_VARIABLES_BREAK,
)
from envcheck_checks.machine import limits
from envcheck_checks.stack import Stack

UNREADABLE = ("JSONDecodeError", "KeyError", "ValueError", "UnicodeDecodeError")
UNUSABLE = (
    "TraitError",
    "TypeError",
    "NoSuchKernel",
)  # what stands in it is JSON, and no kernel for this Jupyter


def not_resolved(env: Environment, stack: Stack, found: LearnersJupyter) -> Diagnosis:
    """No kernel could be resolved: not installed, a broken file, or a Jupyter that does not load."""
    python = interpreter(env)
    known = limits.diagnose() or permissions.no_programs(env) or missing.diagnose(env, stack, set())
    if known is not None:
        return known
    error = found.errors.get("spec", {})
    said = f"{error.get('error', '')}: {error.get('message', '')}".strip(": ")
    if error.get("error") in UNREADABLE:
        return _broken_file(python, found, said)
    what = "Jupyter cannot look for its kernels"
    known = (
        _setting(env, what, said)
        or files.diagnose(env, dependencies.closure(python, ["jupyter-client", stack.kernel]))
        or dependencies.diagnose(env, ["jupyter-client", stack.kernel], what)
    )
    if known is not None:
        return known
    if error.get("error") in UNUSABLE and os.path.isfile(Path(_kernel_files(found))):
        return _no_kernel(python, Path(_kernel_files(found)).parent, said)
    again = dict.fromkeys(
        [stack.kernel, *unlisted(python, dependencies.closure(python, [stack.kernel]))]
    )
    return fail(
        KERNEL_NOT_REGISTERED,
        "Jupyter finds no kernel named `python3` (No such kernel)",
        reinstall(
            env, python, list(again), "give this environment its own kernel: install it anew"
        ),
        found=said or (found.finished.last_words if found.finished else ""),
        wanted="a kernel named python3 that starts this Python",
        looked_in=_kernel_files(found),
    )


def _broken_file(python: Interpreter, found: LearnersJupyter, said: str) -> Diagnosis:
    file = _kernel_files(found)
    return fail(
        KERNELSPEC_BROKEN_FILE,
        "the file kernel.json of the kernel `python3` cannot be read: it is not valid JSON",
        _replace(python, Path(file).parent),
        found=said,
        wanted="valid JSON, with double backslashes in Windows paths",
        looked_in=file,
    )


def _setting(env: Environment, what: str, said: str) -> Diagnosis | None:
    """The one setting of the learner's without which Jupyter finds the kernel."""
    found = trials.find_cause_by_removal(
        [*trials.general(env), *trials.other_variables(env)],
        lambda changes: ask_jupyter(env, changes).spec is not None,
    )
    return settings.diagnose(env, found, what, said) if found is not None else None


def _kernel_files(found: LearnersJupyter) -> str:
    files = [Path(folder, "kernels", "python3", "kernel.json") for folder in found.data]
    there = [str(file) for file in files if os.path.exists(file)]
    return (
        there[0] if there else ", ".join(str(Path(folder, "kernels")) for folder in found.data[:4])
    )


def wrong(env: Environment, python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    """What this spec would start is not the kernel of this Python."""
    if not spec.argv:
        return _no_kernel(python, Path(spec.folder), "no argv")
    return _dead_or_foreign(env, python, spec) or _other_command(python, spec)


def _other_command(python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    """A command that cannot be a kernel: it is not told where to connect, or names a module that is not there."""
    if not any("{connection_file}" in word for word in spec.argv):
        return _no_kernel(python, Path(spec.folder), "no {connection_file} in argv")
    module = spec.argv[2] if len(spec.argv) > 2 and spec.argv[1] == "-m" else ""
    if (
        module in ("", "ipykernel_launcher", "ipykernel") or "PYTHONPATH" in spec.variables
    ):  # no ipykernel is no matter of the spec
        return None
    return (
        None
        if importable(python, module)
        else _no_kernel(python, Path(spec.folder), f"no module {module}")
    )


def importable(python: Interpreter, name: str) -> bool:
    """Whether the target could import a module of that name; by its files, since it is not ours to import."""
    parts = name.split(".")
    return any(
        os.path.isdir(Path(entry, *parts))
        or os.path.isfile(Path(entry, *parts[:-1], f"{parts[-1]}.py"))
        for entry in python.path
        if entry
    )


def _no_kernel(python: Interpreter, folder: Path, found: str) -> Diagnosis:
    return fail(
        KERNELSPEC_BROKEN_FILE,
        "the file kernel.json of the kernel `python3` names a command that starts no kernel",
        _replace(python, folder),
        found=found,
        wanted="python -m ipykernel_launcher -f {connection_file}",
        looked_in=str(folder / "kernel.json"),
    )


def _dead_or_foreign(env: Environment, python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    if Path(spec.python) == Path(python.executable):
        return None
    looked = str(Path(spec.folder, "kernel.json"))
    give = register(python, spec)
    if not os.path.exists(spec.python):
        return fail(
            KERNELSPEC_DEAD_INTERPRETER,
            f"the kernelspec `{spec.display_name}` starts a Python (interpreter) that does not exist: it was deleted or moved",
            give,
            found=spec.python,
            wanted=python.executable,
            looked_in=looked,
        )
    prefix = _prefix_started(env, spec)
    if prefix is not None and python.is_at(prefix):
        return None
    return fail(
        KERNELSPEC_OTHER_PYTHON,
        f"the kernelspec `{spec.display_name}` starts a different Python than yours",
        give,
        found=f"{spec.python} (of {prefix or 'no environment'})",
        wanted=python.executable,
        looked_in=looked,
        note="a kernelspec in the user's folder shadows the environment's own one"
        if _is_users(env, spec)
        else "",
    )


def _prefix_started(env: Environment, spec: KernelSpec) -> str | None:
    """The prefix of the Python that the spec's command starts in the end: `/usr/bin/env python`, `conda run` and wrapper
    scripts hand on what follows them.
    """
    before = spec.argv[1 : spec.argv.index("-m")] if "-m" in spec.argv else ()
    return prefix_of_running(env, spec.python, *before)


def _replace(python: Interpreter, folder: Path) -> Fix:
    """Move a spec's folder aside and give the environment its own kernel."""
    install = Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix"))
    return Fix(
        "move that kernelspec aside and give this environment its own kernel",
        (move_aside(folder), install),
    )


def own_variables(env: Environment) -> list[Removed]:
    """The variables that kernel.json itself sets, as a setting that a trial can take away."""
    spec = learners_jupyter(env).spec
    if spec is None or not spec.variables:
        return []
    return [
        Removed(
            SettingKind.SPEC,
            spec.folder,
            {name: env.variables.get(name) for name in spec.variables},
        )
    ]


def variables_break(env: Environment, what: str, said: str) -> Diagnosis | None:
    """kernel.json carries variables that break what it starts."""
    spec = learners_jupyter(env).spec
    if spec is None:
        return None
    lines = [line for line in said.strip().splitlines() if line.strip()]
    return fail(
        KERNELSPEC_VARIABLES_BREAK,
        f"the file kernel.json has an env block that sets {', '.join(spec.variables)}, and because of it {what}",
        register(interpreter(env), spec),
        found=", ".join(f"{name}={value}" for name, value in spec.variables.items())[:300],
        wanted="a kernelspec without these variables",
        looked_in=str(Path(spec.folder, "kernel.json")),
        note=lines[-1][:200] if lines else "",
    )


def register(python: Interpreter, spec: KernelSpec) -> Fix:
    """Move the spec that is in the way aside, by its folder, and give the environment its own."""
    install = Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix"))
    if python.owns(spec.folder):
        return Fix("give this environment its own kernel", (install,))
    aside = move_aside(spec.folder)
    return Fix(
        "move that kernelspec aside and give this environment its own kernel", (aside, install)
    )


def _is_users(env: Environment, spec: KernelSpec) -> bool:
    user = learners_jupyter(env).user_data
    return bool(user) and Path(user) in Path(spec.folder).parents
