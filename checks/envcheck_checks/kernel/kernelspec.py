"""The kernelspec `python3` as Jupyter resolves it: it starts another Python, a dead one, or no
kernel.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, fail, places
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed import kernel_command, own_kernel
from envcheck_checks.interference.importable import is_importable
from envcheck_checks.jupyter.facts import (
    KernelSpec,
    learners_jupyter,
    prefix_started,
)
from envcheck_checks.kernel.codes import (
    KERNELSPEC_BROKEN_FILE,
    KERNELSPEC_DEAD_INTERPRETER,
    KERNELSPEC_OTHER_PYTHON,
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
    command = kernel_command.parted(spec.argv)
    module = "".join(command.module[:1]) if kernel_command.is_called_python(spec.python) else ""
    # no ipykernel is no matter of the spec
    if module in ("", *kernel_command.MODULES) or "PYTHONPATH" in spec.variables:
        return None
    return (
        None
        if is_importable(python, module)
        else starts_no_kernel(python, Path(spec.folder), f"no module {module}")
    )


def starts_no_kernel(python: Interpreter, folder: Path, actual: str) -> Diagnosis:
    """The spec in this folder names a command that is no kernel; `actual` is what is wrong
    with it.
    """
    return fail(
        KERNELSPEC_BROKEN_FILE,
        "the file kernel.json of the kernel `python3` names a command that starts no kernel",
        own_kernel.replace(python, folder),
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
            own_kernel.replace(python, Path(spec.folder)),
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
        own_kernel.replace(python, Path(spec.folder)),
        found=f"{started} (of {prefix or 'no environment'})",
        wanted=python.executable,
        looked_in=str(Path(spec.folder, "kernel.json")),
        note="a kernelspec in the user's folder shadows the environment's own one"
        if _is_users(env, spec)
        else "",
    )


def _is_users(env: Environment, spec: KernelSpec) -> bool:
    user = learners_jupyter(env).user_data
    return bool(user) and places.lies_in(spec.folder, user)
