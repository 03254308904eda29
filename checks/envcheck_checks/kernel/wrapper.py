"""A kernel.json whose command is no Python by itself: a shell that loads a module first, or a script.
What it starts, only the kernel that comes up can say.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, Outcome
from envcheck.processes.process import how_it_ended
from envcheck.sentences import reasoned
from envcheck.target.interpreter import Interpreter
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.order import judge
from envcheck_checks.installed.kernel_command import is_called_python
from envcheck_checks.jupyter.facts import KernelSpec
from envcheck_checks.kernel import kernelspec
from envcheck_checks.kernel.answers import End
from envcheck_checks.kernel.codes import KERNELSPEC_OTHER_PYTHON
from envcheck_checks.kernel.shared import SharedKernel, comes_up, shared_kernel, usual_comes_up


def find_fault(env: Environment, python: Interpreter, spec: KernelSpec) -> Outcome | None:
    """Why what the learner's spec starts is not the kernel of this Python; None when it is."""
    fault = kernelspec.find_fault(env, python, spec)
    if is_called_python(spec.python) or (fault and fault.code != KERNELSPEC_OTHER_PYTHON):
        return fault
    shared = shared_kernel(env)
    if shared.prefix:
        ours = python.is_at(shared.prefix)
        return (
            None
            if ours
            else kernelspec.starts_another(env, python, spec, shared.python, shared.prefix)
        )
    # Where none comes up by the usual command either, it is no matter of the spec.
    if not usual_comes_up(env):
        return None
    failure = Failure(
        f"`{spec.display_name}` starts no kernel",
        retry=Retry(lambda removed: comes_up(env, removed)),
        at_work=shared.start.at_work,
    )
    return judge(env, failure, (), lambda: _ends(python, spec, shared))


def _ends(python: Interpreter, spec: KernelSpec, shared: SharedKernel) -> Diagnosis:
    silent = shared.start.end is End.SILENT
    how = shared.trouble or ("no answer" if silent else how_it_ended(shared.start.code))
    words = reasoned(f"{spec.python} ({how})", shared.start.last_words)
    return kernelspec.starts_no_kernel(python, Path(spec.folder), words)
