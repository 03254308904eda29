"""The kernel that all kernel checks share, and fresh ones for trials."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from string import Template

from envcheck import Environment, fact
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed import kernel_command
from envcheck_checks.installed.misfits import misfits
from envcheck_checks.interference.ipython_for_all import every_file
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.trials import Removed, SettingKind, folder_of, variables_of
from envcheck_checks.jupyter.facts import KernelSpec, learners_jupyter
from envcheck_checks.kernel import client
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.client import START_SECONDS, Kernel
from envcheck_checks.kernel.whose_python import Question
from envcheck_checks.python import start_files

LEFT_OUT = (SettingKind.START_FILE, SettingKind.IPYTHON_FOR_ALL)  # by a command of ours
TRIAL_SECONDS = 12.0
CELL_SECONDS = 5.0  # for the first cell of such a kernel
AS_THE_FIRST = 3.0  # times what the run's first kernel took: a busy machine is slow at all
# Of a kernel whose packages do not fit one another: it waits for what never comes
IDLE_SECONDS = 6.0
ANSWER_SECONDS = 15.0  # for the first cell, at least


@dataclass(frozen=True)
class SharedKernel:
    """The kernel that all kernel checks share, or why there is none. `prefix` and `folder` are what
    the kernel itself reports.
    """

    kernel: Kernel | None
    start: Start
    prefix: str = ""
    python: str = ""
    trouble: str = ""
    folder: str = ""


@fact
def shared_kernel(env: Environment) -> SharedKernel:
    """The kernel of this run: started at once with the argv that a healthy spec has, while the true
    spec is being resolved; started again with the true one if that differs.
    """
    usual = _usual(env)
    early = _start(env, usual)
    spec = learners_jupyter(env).spec
    if spec is None or (_argv(spec), dict(spec.variables), spec.interrupt_mode) == (
        usual.argv,
        {},
        "signal",
    ):
        return _ready_or_again(env, usual, early)
    if early.kernel is not None:
        early.kernel.close()
    return _ready_or_again(env, spec, _start(env, spec))


def put_away(env: Environment) -> None:
    """End it before the run does, where there is no room for it beside what comes next."""
    shared = shared_kernel.already(env)
    if shared is not None and shared.kernel is not None:
        shared.kernel.close()


def _ready_or_again(env: Environment, spec: KernelSpec, started: SharedKernel) -> SharedKernel:
    """Where ports cannot be kept, one can be taken between our choice and the kernel's: it then
    dies, or hangs as it ends. Who comes to that starts again, as Jupyter's users do.
    """
    ready = _ready(env, started)
    lost_race = ready.kernel is None and started.kernel is not None and started.kernel.ports.taken()
    return _ready(env, _start(env, spec)) if lost_race else ready


def comes_up(env: Environment, changes: Sequence[Removed]) -> bool | None:
    """Whether the learner's kernel starts and answers once these settings are taken away; None
    where it did neither answer nor die for so long.
    """
    return works_in_fresh_kernel(env, changes, lambda tried: True)


def works_in_fresh_kernel(
    env: Environment,
    changes: Sequence[Removed],
    works: Callable[[Kernel], bool | None],
    seconds: float = TRIAL_SECONDS,
) -> bool | None:
    """Whether it works in a kernel of the learner's, started without these settings; None where
    nobody can tell, since the kernel was not ready so soon, or another program took its port.
    """
    return _works(env, learners_jupyter(env).spec or _usual(env), changes, works, seconds)


@fact
def usual_comes_up(env: Environment) -> bool | None:
    """Whether a kernel answers when it is started by the command that ipykernel brings along, in
    place of the one that Jupyter finds.
    """
    return _works(env, _usual(env), (), lambda tried: True, TRIAL_SECONDS)


def _works(
    env: Environment,
    spec: KernelSpec,
    changes: Sequence[Removed],
    works: Callable[[Kernel], bool | None],
    seconds: float,
) -> bool | None:
    variables = {
        **private_folders(env).variables,
        **variables_of_spec(env, spec),
        **variables_of(changes),
    }
    usual = any(change.kind is SettingKind.SPEC_WORDS for change in changes)
    argv = _argv(_usual(env) if usual else spec)
    left_out = [change.name for change in changes if change.kind in LEFT_OUT]
    command = kernel_command.parted(argv)
    if left_out and command.module:
        argv = start_files.without_files(command.start, left_out, command.module)
    try:
        tried = client.start(env, argv, variables, spec.interrupt_mode, cwd=folder_of(env, changes))
    except OSError:
        return False
    as_the_first = _as_the_first(env)
    try:
        start = tried.wait_ready(max(seconds, as_the_first), _patience(env))
        if start.end is not End.REPLIED:
            nobody_knows = start.end is End.SILENT or tried.ports.taken()
            return None if nobody_knows else False
        asked = Question()
        execution = tried.execute(asked.cell, max(CELL_SECONDS, as_the_first))
        return works(tried) if asked.answered(execution.text) else execution.proves(False)
    finally:
        tried.close()


def _as_the_first(env: Environment) -> float:
    """Seconds that a trial is given on a machine where the run's first kernel took its time."""
    shared = shared_kernel.already(env)
    if shared is None or shared.start.end is End.SILENT:
        return 0.0
    return AS_THE_FIRST * shared.start.seconds


def _usual(env: Environment) -> KernelSpec:
    """The spec that ipykernel brings along."""
    python = interpreter(env).executable
    return KernelSpec(
        (python, *kernel_command.USUAL),
        python,
        {},
        "",
        "signal",
        "",
    )


def _argv(spec: KernelSpec) -> tuple[str, ...]:
    return (spec.python, *spec.argv[1:])


def _start(env: Environment, spec: KernelSpec) -> SharedKernel:
    variables: dict[str, str | None] = {
        **private_folders(env).variables,
        **variables_of_spec(env, spec),
    }
    try:
        started = client.start(env, _argv(spec), variables, spec.interrupt_mode)
    except OSError as error:
        return SharedKernel(None, Start(End.DIED, 0.0), trouble=f"{error.strerror or error}")
    return SharedKernel(started, started.started)


def variables_of_spec(env: Environment, spec: KernelSpec) -> dict[str, str]:
    """The spec's own variables, with ${NAME} filled in from the learner's as
    jupyter_client does.
    """
    return {
        name: Template(value).safe_substitute(env.variables)
        for name, value in spec.variables.items()
    }


def _ready(env: Environment, started: SharedKernel) -> SharedKernel:
    if started.kernel is None:
        return started
    start = started.kernel.wait_ready(START_SECONDS, _patience(env))
    if start.end is not End.REPLIED:
        waited = start.end is End.SILENT and start.seconds >= START_SECONDS
        at_work = waited and started.kernel.running.is_at_work()
        started.kernel.close()
        return SharedKernel(None, replace(start, at_work=at_work))
    asked = Question()
    done = started.kernel.execute(asked.cell, max(ANSWER_SECONDS, START_SECONDS - start.seconds))
    if done.end is End.SILENT:
        started.kernel.close()
        return SharedKernel(
            None, replace(start, end=done.end, seconds=done.seconds, at_work=done.at_work)
        )
    prefix, python = asked.answer(done.text)
    folder = asked.folder(done.text)
    return replace(started, start=start, prefix=prefix, python=python, folder=folder)


def _patience(env: Environment) -> float:
    """How long a kernel may do nothing as it starts."""
    return IDLE_SECONDS if misfits(interpreter(env), ["ipykernel"]) else math.inf


def folder_in_fresh_kernel(env: Environment, changes: Sequence[Removed]) -> str:
    """Where the cells of a kernel run that is started without these settings; empty where none
    comes up in time.
    """
    folders: list[str] = []

    def ask(kernel: Kernel) -> bool:
        asked = Question()
        folders.append(asked.folder(kernel.execute(asked.cell, 5).text))
        return True

    works_in_fresh_kernel(env, changes, ask)
    return folders[0] if folders else ""


def start_with_all_it_wrote(env: Environment, shared: SharedKernel) -> Start:
    """The start with what it wrote in the terminal. An answer comes by a socket and may overtake a line
    there, so lines are waited for where files of the learner's run as it starts.
    """
    if shared.kernel is None or not (every_file(env) or "PYTHONSTARTUP" in env.variables):
        return shared.start
    return replace(shared.start, stderr=shared.kernel.running.settled_log())
