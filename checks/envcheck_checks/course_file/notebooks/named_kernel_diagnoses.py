"""What is wrong with a kernel that a notebook names, and what to do on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail, places, warn
from envcheck.fixes.advice import tell
from envcheck.target.interpreter import interpreter
from envcheck_checks.course_file.codes import (
    NOTEBOOK_KERNEL_DEAD,
    NOTEBOOK_KERNEL_MISSING,
    NOTEBOOK_KERNEL_OTHER_PYTHON,
)
from envcheck_checks.course_file.notebooks.chapter_notebooks import NamedKernel
from envcheck_checks.installed import own_kernel
from envcheck_checks.jupyter.facts import KernelSpec, learners_jupyter

CAUSES: Mapping[str, str] = {
    NOTEBOOK_KERNEL_OTHER_PYTHON: "it starts the Python of another environment",
    NOTEBOOK_KERNEL_DEAD: "what it starts is not there, or does not run",
    NOTEBOOK_KERNEL_MISSING: "there is none: Jupyter asks, or has none for the language",
}
PYTHONS = ("python", "")  # languages of notebooks; one that says none is taken for Python's


def other_python(env: Environment, named: NamedKernel, spec: KernelSpec, prefix: str) -> Diagnosis:
    """It starts the Python of the environment at this prefix."""
    return fail(
        NOTEBOOK_KERNEL_OTHER_PYTHON,
        f"{_asks(named)}, and that starts a different Python than yours",
        _instead(env, named.name, spec),
        found=f"{spec.python} (of {prefix})",
        wanted=interpreter(env).executable,
        looked_in=Path(spec.folder, "kernel.json"),
    )


def dead(env: Environment, named: NamedKernel, spec: KernelSpec, actual: str) -> Diagnosis:
    """What it starts is not there or does not run: `actual` says which."""
    return fail(
        NOTEBOOK_KERNEL_DEAD,
        f"{_asks(named)}, and what that starts is not there or does not run",
        _instead(env, named.name, spec),
        found=actual,
        wanted=interpreter(env).executable,
        looked_in=Path(spec.folder, "kernel.json"),
    )


def missing(env: Environment, all_named: Sequence[NamedKernel]) -> Iterator[Diagnosis]:
    """Jupyter has no kernel for these names: it asks, which is no failure; but for a language that no
    kernel of this machine speaks there is nothing to choose.
    """
    jupyter = learners_jupyter(env)
    spoken = {spec.language for spec in jupyter.kernels.values()}
    foreign = [named for named in all_named if named.language not in {*PYTHONS, *spoken}]
    asked = [named for named in all_named if named not in foreign]
    folders = ", ".join(str(Path(folder, "kernels")) for folder in jupyter.data[:4])
    for named in foreign:
        yield fail(
            NOTEBOOK_KERNEL_MISSING,
            f"{_asks(named)}, and Jupyter has no kernel for {named.language}",
            tell(
                f"install the kernel for {named.language}",
                f"Install {named.language} and its kernel for Jupyter as your course says, then run "
                "envcheck again.",
            ),
            found=f"kernels: {', '.join(jupyter.kernels)}",
            wanted=f"a kernel for {named.language}",
            looked_in=folders,
        )
    if asked:
        yield warn(
            NOTEBOOK_KERNEL_MISSING,
            f"{_asks(asked[0])}, which this machine does not have: Jupyter will ask which to take",
            tell(f"choose `{_own(env)}` when Jupyter asks", _choose(env)),
            found=f"kernels: {', '.join(jupyter.kernels)}",
            wanted=", ".join(named.name for named in asked),
            looked_in=folders,
        )


def _asks(named: NamedKernel) -> str:
    return f"{named.notebook} asks for the kernel `{named.name}`"


def _own(env: Environment) -> str:
    """This environment's kernel, as Jupyter's menus call it."""
    spec = learners_jupyter(env).spec
    return spec.display_name if spec else "Python 3 (ipykernel)"


def _choose(env: Environment) -> str:
    return (
        f"Open the notebook, and choose `{_own(env)}` in Jupyter's `Select Kernel` (later: Kernel > "
        "Change Kernel). In VS Code choose this Python at the top right."
    )


def _instead(env: Environment, name: str, spec: KernelSpec) -> Fix:
    """A kernel of that name of this environment's own, where Jupyter would take that one; else the
    choice in the notebook: another's kernel is left as it is.
    """
    python, jupyter = interpreter(env), learners_jupyter(env)
    title = f"give this environment a kernel of its own called `{name}`"
    if jupyter.kernels.get(name) != spec or not python.is_environment:
        return tell(f"choose `{_own(env)}` in the notebook", _choose(env))
    if python.owns(spec.folder):
        return Fix(title, own_kernel.replace(python, Path(spec.folder), name).steps)
    for folder in jupyter.data:
        if python.owns(folder):
            return Fix(title, own_kernel.give(python, name).steps)
        if places.lies_in(spec.folder, folder):
            break
    return tell(f"choose `{_own(env)}` in the notebook", _choose(env))
