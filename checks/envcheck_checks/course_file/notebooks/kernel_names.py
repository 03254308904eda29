"""The kernels that a chapter's notebooks name: which one Jupyter takes for each name, and whether that
starts the learner's own Python.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, Severity, ok, unknown
from envcheck.adopt.reading.notebooks import Unreadable
from envcheck.model import Unknown
from envcheck.target.interpreter import interpreter
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.key_page import page
from envcheck_checks.course_file.notebooks import named_kernel_diagnoses as say
from envcheck_checks.course_file.notebooks.chapter_notebooks import (
    NamedKernel,
    damaged,
    named_kernels,
    read,
)
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.installed import kernel_command
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.shared import variables_of_spec
from envcheck_checks.notebook.codes import NOTEBOOK_DAMAGED

USUAL = "python3"  # every environment with ipykernel has it; a check of its own examines it
PYTHON = "python"
SECONDS = 15.0  # for a Python to say where it is at home


def kernels_named(place: ChapterPlace, needs: tuple[Check, ...]) -> Check:
    """Jupyter has a kernel for each name, and it is this Python's."""
    return Check(
        id="kernel-names",
        title="Kernel names",
        examine=fix_tools.with_roots(partial(_examine, place)),
        needs=needs,
        timeout=90,
        proves="the kernels that the notebooks name start this Python",
        cost=Cost(0.2, 40),
        scope=place.scope,
        page=page(
            "The kernels that notebooks name",
            "A notebook has the name of the kernel with which it was saved. Usually that is "
            "`python3`, which every environment has; some have their author's own name.",
            "A kernel of that name may start the Python of another course, without a word. Where "
            "there is none of that name, Jupyter takes the only kernel of the notebook's language, "
            "or asks which one to take.",
            "The chapter's notebooks are read. Your Jupyter is asked for all "
            "its kernels, and each Python that a notebook would start says where it is at home.",
            "`jupyter kernelspec list`, and the name of the kernel at the top right of a notebook's page",
            {**say.CAUSES, NOTEBOOK_DAMAGED: "a notebook that Jupyter cannot open"},
        ),
    )


def taken(named: NamedKernel, jupyter: LearnersJupyter) -> KernelSpec | None:
    """The kernel that Jupyter's page starts without asking: of that name, else the only one of the
    language that the notebook says (`getDefaultKernel` of JupyterLab and Notebook 7).
    """
    if named.name in jupyter.kernels:
        return jupyter.kernels[named.name]
    fitting = [spec for spec in jupyter.kernels.values() if spec.language == named.language]
    return fitting[0] if named.language and len(fitting) == 1 else None


def _examine(place: ChapterPlace, env: Environment) -> Outcome:
    books = list(read(place))
    broken = damaged(place, (book for book in books if isinstance(book, Unreadable)))
    every = named_kernels(books)
    others = [named for named in every if named.name != USUAL]
    if not others:
        words = "the notebooks ask for `python3`" if every else "the notebooks name no kernel"
        return ok(words, *broken)
    jupyter = learners_jupyter(env)
    if not jupyter.kernels:
        error = jupyter.errors.get("kernels", {})
        return unknown(f"Jupyter does not say which kernels it has: {error.get('message', '')}")
    specs = {named: taken(named, jupyter) for named in others}
    missing = [named for named, spec in specs.items() if spec is None]
    faults = [_fault(env, named, spec) for named, spec in specs.items() if spec is not None]
    told = [fault for fault in faults if isinstance(fault, Diagnosis)]
    diagnoses = [*told, *say.missing(env, missing)]
    if any(diagnosis.severity is Severity.ERROR for diagnosis in diagnoses):
        return (*diagnoses, *broken)
    if late := [fault for fault in faults if isinstance(fault, Unknown)]:
        return late[0]
    return ok(_summary(specs, jupyter), *diagnoses, *broken)


def _summary(specs: dict[NamedKernel, KernelSpec | None], jupyter: LearnersJupyter) -> str:
    """What starts without a question, and is right."""
    right = [
        f"`{named.name}` starts this Python"
        if named.name in jupyter.kernels
        else f"Jupyter takes `{spec.display_name}` for `{named.name}`, which it does not have"
        for named, spec in specs.items()
        if spec is not None
    ]
    return "; ".join(right[:3]) or "Jupyter asks which kernel to take"


def _fault(env: Environment, named: NamedKernel, spec: KernelSpec) -> Diagnosis | Unknown | None:
    """Why this kernel is not the one that the notebook should have."""
    program = spec.python
    if not spec.argv or not os.path.exists(program):
        return say.dead(env, named, spec, program or "no command")
    if not any("{connection_file}" in word for word in spec.argv):
        return say.dead(env, named, spec, "a command without {connection_file}")
    if spec.language != PYTHON:
        return None
    python = interpreter(env)
    prefix, trouble = _home(env, spec)
    if prefix is None:
        return unknown(
            f"`{program}`, which `{named.name}` starts, gave no answer in {SECONDS:.0f} s"
        )
    if prefix and python.is_at(prefix):
        return None
    if prefix:
        return say.other_python(env, named, spec, prefix)
    if not Path(program).name.startswith(PYTHON) and python.owns(program):
        return (
            None  # a kernel that is a program of its own, such as xeus-python, of this environment
        )
    return say.dead(env, named, spec, trouble)


def _home(env: Environment, spec: KernelSpec) -> tuple[str | None, str]:
    """Where the Python that the kernel starts says that it is at home; else what it said. None where
    it was not waited for to its end.
    """
    command = kernel_command.parted(spec.argv)
    before = command.start[1:] if command.module else ()
    ran = env.run(
        [spec.python, *before, "-c", "import sys; print(sys.prefix)"],
        timeout=SECONDS,
        variables=variables_of_spec(env, spec),
    )
    if ran.late:
        return None, ""
    printed = ran.stdout.strip().splitlines()
    return (printed[-1], "") if ran.ok and printed else ("", f"{spec.python}: {ran.last_words}")
