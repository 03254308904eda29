"""What would make a fix fail is the root: the program that carries it out does not run itself."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from envcheck import Diagnosis, Environment, Fix, Outcome, Run, fact
from envcheck.fixes.advice import ask_teacher
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.trials import Removed, Trial, folder_of, told_by, variables_of

Examine = Callable[[Environment], Outcome]
# By the module that a fix runs with `python -m`: the words by which it loads what it does its work
# with, and does none.
WORDS: Mapping[str, Sequence[str]] = {
    "ipykernel": ("install", "--help"),
    "jupyter": ("labextension", "--version"),
}
# pip, what makes environments, and the notebook have a check of their own that runs them.
IN_THEIR_OWN_CHECK = ("pip", "ensurepip", "venv", "notebook")
CAUSES: order.Causes = (
    *order.PERMISSIONS,
    *order.SETTINGS,
    *order.INSTALLATION,
    *order.JUPYTER_ON_WINDOWS,
    *order.OTHER_VARIABLES,
    *order.LAST,
)


@fact
def ipykernel_answers(env: Environment) -> Finished:
    """How `python -m ipykernel install` ended, asked what it could do."""
    return _ask(env, "ipykernel")


@fact
def jupyter_answers(env: Environment) -> Finished:
    """How `python -m jupyter labextension` ended, asked for its version."""
    return _ask(env, "jupyter")


ANSWERS: Mapping[str, fact[Finished]] = {
    "ipykernel": ipykernel_answers,
    "jupyter": jupyter_answers,
}


def with_roots(examine: Examine) -> Examine:
    """A check's function that never gives a failure whose fix would fail itself: each is replaced
    by what stands behind that.
    """

    @functools.wraps(examine)
    def examine_and_ask(env: Environment) -> Outcome:
        outcome = examine(env)
        if isinstance(outcome, Diagnosis):
            return root_of(env, outcome)
        if isinstance(outcome, tuple):
            return tuple(root_of(env, diagnosis) for diagnosis in outcome)
        return outcome

    return examine_and_ask


def root_of(env: Environment, diagnosis: Diagnosis) -> Diagnosis:
    """The diagnosis; or why a program does not run by which its first fix would be carried out."""
    for module in _modules(env, diagnosis.fixes[:1]):
        ran = ANSWERS[module](env)
        if not (ran.ok or ran.late):
            failure = Failure(
                f"{diagnosis.summary}, and `python -m {module}`, which would mend it, does not run",
                ran.stderr,
                (module,),
                retry=Retry(_trial(env, module)),
            )
            root = order.judge(env, failure, CAUSES, partial(_by_a_person, diagnosis, ran))
            return root if isinstance(root, Diagnosis) else diagnosis
    return diagnosis


def _by_a_person(diagnosis: Diagnosis, ran: Finished) -> Diagnosis:
    """Nobody knows why the program does not run: its fix would change nothing."""
    return replace(diagnosis, fixes=(ask_teacher(),), note=ran.last_words[:200])


def _modules(env: Environment, fixes: Sequence[Fix]) -> Iterator[str]:
    start = (interpreter(env).executable, "-m")
    for step in (step for fix in fixes for step in fix.steps):
        if isinstance(step, Run) and step.argv[:2] == start and step.argv[2] in ANSWERS:
            yield step.argv[2]


def _ask(env: Environment, module: str, removed: Sequence[Removed] = ()) -> Finished:
    return env.run(
        [interpreter(env).executable, "-m", module, *WORDS[module]],
        timeout=30,
        cwd=folder_of(env, removed),
        variables={**private_folders(env).variables, **variables_of(removed)},
    )


def _trial(env: Environment, module: str) -> Trial:
    def works(removed: Sequence[Removed]) -> bool | None:
        ran = _ask(env, module, removed)
        return told_by(ran, works=ran.ok)

    return works
