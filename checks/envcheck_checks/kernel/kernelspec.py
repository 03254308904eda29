"""The kernelspec `python3` as Jupyter resolves it: it starts another Python, a dead one, or the
right one with bad variables.
"""

from __future__ import annotations

import os
from itertools import starmap
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Run, fail, places
from envcheck.fixes.backup import move_aside
from envcheck.processes.reason import reason
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import settings
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import (
    KernelSpec,
    learners_jupyter,
    prefix_started,
)
from envcheck_checks.kernel.codes import (
    KERNELSPEC_BROKEN_FILE,
    KERNELSPEC_DEAD_INTERPRETER,
    KERNELSPEC_OTHER_PYTHON,
    KERNELSPEC_VARIABLES_BREAK,
)


def find_fault(env: Environment, python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    """Why what this spec would start is not the kernel of this Python; None when it is."""
    if not spec.argv:
        return starts_no_kernel(python, Path(spec.folder), "no argv")
    return _find_wrong_python(env, python, spec) or _find_wrong_command(python, spec)


def _find_wrong_command(python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    """A command that cannot be a kernel: it is not told where to connect, or names a module that is
    not there.
    """
    if not any("{connection_file}" in word for word in spec.argv):
        return starts_no_kernel(python, Path(spec.folder), "no {connection_file} in argv")
    module = spec.argv[2] if len(spec.argv) > 2 and spec.argv[1] == "-m" else ""
    if (
        module in ("", "ipykernel_launcher", "ipykernel") or "PYTHONPATH" in spec.variables
    ):  # no ipykernel is no matter of the spec
        return None
    return (
        None
        if is_importable(python, module)
        else starts_no_kernel(python, Path(spec.folder), f"no module {module}")
    )


def is_importable(python: Interpreter, name: str) -> bool:
    """Whether the target could import a module of that name; by its files, since it is not ours to
    import.
    """
    parts = name.split(".")
    return any(
        os.path.isdir(Path(entry, *parts))
        or os.path.isfile(Path(entry, *parts[:-1], f"{parts[-1]}.py"))
        for entry in python.path
        if entry
    )


def starts_no_kernel(python: Interpreter, folder: Path, actual: str) -> Diagnosis:
    """The spec in this folder names a command that is no kernel; `actual` is what is wrong
    with it.
    """
    return fail(
        KERNELSPEC_BROKEN_FILE,
        "the file kernel.json of the kernel `python3` names a command that starts no kernel",
        replace_spec(python, folder),
        found=actual,
        wanted="python -m ipykernel_launcher -f {connection_file}",
        looked_in=str(folder / "kernel.json"),
    )


def _find_wrong_python(env: Environment, python: Interpreter, spec: KernelSpec) -> Diagnosis | None:
    if Path(spec.python) == Path(python.executable):
        return None
    if not os.path.exists(spec.python):
        return fail(
            KERNELSPEC_DEAD_INTERPRETER,
            f"the kernelspec `{spec.display_name}` starts a Python (interpreter) that does not exist: it was deleted or moved",
            register(python, spec),
            found=spec.python,
            wanted=python.executable,
            looked_in=str(Path(spec.folder, "kernel.json")),
        )
    prefix = prefix_started(env, spec)
    if prefix is not None and python.is_at(prefix):
        return None
    return starts_another(env, python, spec, spec.python, prefix)


def starts_another(
    env: Environment, python: Interpreter, spec: KernelSpec, started: str, prefix: str | None
) -> Diagnosis:
    """What this spec starts in the end, `started`, is of another environment, at `prefix`."""
    return fail(
        KERNELSPEC_OTHER_PYTHON,
        f"the kernelspec `{spec.display_name}` starts a different Python than yours",
        register(python, spec),
        found=f"{started} (of {prefix or 'no environment'})",
        wanted=python.executable,
        looked_in=str(Path(spec.folder, "kernel.json")),
        note="a kernelspec in the user's folder shadows the environment's own one"
        if _is_users(env, spec)
        else "",
    )


def replace_spec(python: Interpreter, folder: Path) -> Fix:
    """Move a spec's folder aside and give the environment its own kernel."""
    return Fix(
        "move that kernelspec aside and give this environment its own kernel",
        (move_aside(folder), *give_kernel(python).steps),
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


def variables_break(env: Environment, failure: Failure, _removed: Removed) -> Diagnosis | None:
    """kernel.json sets variables, and without them it works."""
    spec = learners_jupyter(env).spec
    if spec is None:
        return None
    return fail(
        KERNELSPEC_VARIABLES_BREAK,
        f"the file kernel.json has an env block that sets {', '.join(spec.variables)}, and because of it {failure.what}",
        register(interpreter(env), spec),
        found=", ".join(starmap(settings.shown, spec.variables.items()))[:300],
        wanted="a kernelspec without these variables",
        looked_in=str(Path(spec.folder, "kernel.json")),
        note=reason(failure.output)[:200],
    )


def register(python: Interpreter, spec: KernelSpec) -> Fix:
    """Move the spec that is in the way aside, by its folder, and give the environment its own."""
    if python.owns(spec.folder):
        return give_kernel(python)
    return replace_spec(python, Path(spec.folder))


def give_kernel(python: Interpreter) -> Fix:
    """Have ipykernel write the kernelspec of this environment."""
    install = Run((python.executable, "-m", "ipykernel", "install", "--sys-prefix"))
    return Fix("give this environment its own kernel", (install,))


def _is_users(env: Environment, spec: KernelSpec) -> bool:
    user = learners_jupyter(env).user_data
    return bool(user) and places.lies_in(spec.folder, user)
