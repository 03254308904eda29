"""The order of causes: the first that stands in it is named, none is asked twice, and every check
keeps to it.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from itertools import product
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import envcheck_checks
from envcheck import Diagnosis, Environment, fail
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck.testing import described
from envcheck_checks.cells import failed_cell
from envcheck_checks.diagnosis.failure import Cause, Failure
from envcheck_checks.diagnosis.order import LAST, ORDER, Causes, first_cause
from envcheck_checks.jupyter import nothing_to_launch
from envcheck_checks.kernel import broken_file, no_kernelspec, starts
from envcheck_checks.notebook.launching import (
    beforehand,
    does_not_start,
    step_fails,
    websocket_blocked,
)
from envcheck_checks.packages import not_usable
from envcheck_checks.pip import not_running
from envcheck_checks.python import does_not_run
from envcheck_checks.python.replacement import Wanted

FAILURE = Failure("nothing works")

DEAD = Unusable(
    Trouble.HANGS, ("python",), Finished(("python",), Ending.TIMED_OUT, None, "", "", 10.0)
)

# Every check's own list of causes. What it leaves out and what it adds, it says there and why.
LISTS: dict[str, Causes] = {
    "a kernel, before it is started": starts.BEFOREHAND,
    "a kernelspec": no_kernelspec.CAUSES,
    "a server, before it is started": beforehand.BEFOREHAND,
    "a server": does_not_start.CAUSES,
    "a step of a server": step_fails.CAUSES,
    "a WebSocket": websocket_blocked.CAUSES,
    "imports": not_usable.CAUSES,
    "Jupyter": nothing_to_launch.CAUSES,
    "pip": not_running.CAUSES,
    "a Python": does_not_run.causes_of(DEAD, Wanted(">=3.10")),
    "a cell": failed_cell.CAUSES,
}


def numbered(count: int, explaining: set[int], asked: list[int]) -> Causes:
    """So many causes, of which some explain every failure. Each notes that it was asked."""

    def cause(number: int) -> Cause:
        def explain(_env: Environment, _failure: Failure) -> Diagnosis | None:
            asked.append(number)
            return fail(f"cause-{number}", "it is the cause") if number in explaining else None

        return explain

    return tuple(cause(number) for number in range(count))


@given(explaining=st.sets(st.integers(0, 11)), cut=st.integers(0, 12))
def test_the_first_in_the_order_is_named(explaining: set[int], cut: int) -> None:
    """Whichever are there: each is asked at most once, none behind the first that explains it, in
    how many groups so ever.
    """
    asked: list[int] = []
    causes = numbered(12, explaining, asked)
    diagnosis = first_cause(described(), FAILURE, causes[:cut], causes[cut:])
    first = min(explaining, default=None)
    assert (diagnosis.code if diagnosis else None) == (None if first is None else f"cause-{first}")
    assert asked == list(range(12 if first is None else first + 1))


def test_no_cause_stands_twice_in_the_order() -> None:
    assert len(set(ORDER)) == len(ORDER)


@pytest.mark.parametrize("causes", LISTS.values(), ids=LISTS)
def test_a_check_keeps_to_the_order(causes: Causes) -> None:
    """It may leave causes out and put its own between them; those that it shares are in the one
    order, each once.
    """
    assert len(set(causes)) == len(causes)
    shared = [cause for cause in causes if cause in ORDER]
    for earlier, later in product(shared, shared):
        if shared.index(earlier) < shared.index(later):
            assert ORDER.index(earlier) < ORDER.index(later)


# They look at what somebody may have done with good reason, or infer from where an error passed:
# anything that a trial or a fact shows comes before.
GUESSES = (*LAST, broken_file.find_unusable_kernelspec, no_kernelspec.find_misfit)
GUESSED_BY = re.compile(r"\b(?:whole\.diagnose|modified\.diagnose|newer)\(")


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(envcheck_checks.__path__, "envcheck_checks."):
        if ".in_target" not in found.name:
            yield importlib.import_module(found.name)


def is_cause(value: object) -> bool:
    if not inspect.isfunction(value):
        return False
    return [*inspect.signature(value).parameters.values()][1:2] != [] and str(
        [*inspect.signature(value).parameters.values()][1].annotation
    ) == "Failure"


def every_list() -> dict[str, Causes]:
    """Every tuple of causes that stands in a module, by its name."""
    return {
        f"{module.__name__.partition('.')[2]}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, tuple) and value and all(map(is_cause, value))
    }


def guesses(cause: Cause) -> bool:
    """It is one, or hands on what one says."""
    source = inspect.getsource(cause)
    named = [one.__name__ for one in GUESSES if f"{one.__name__}(" in source.partition(":")[2]]
    return cause in GUESSES or bool(named or GUESSED_BY.search(source))


FOUND = every_list()


@pytest.mark.parametrize(("name", "causes"), FOUND.items(), ids=FOUND)
def test_guesses_stand_last(name: str, causes: Causes) -> None:
    """What is proved by a trial or a fact stands before what is inferred."""
    kinds = [guesses(cause) for cause in causes]
    assert kinds == sorted(kinds), (
        f"{name}: {causes[kinds.index(True)].__name__} is a guess, and what follows it is proved"
    )


def test_the_lists_are_found() -> None:
    """The guard above sees those of every check, and no cause that guesses is unknown to it."""
    found = [*FOUND.values()]
    assert {name for name, causes in LISTS.items() if causes not in found} <= {"a Python"}
    unknown = {one for causes in found for one in causes if guesses(one)} - {*GUESSES}
    assert not unknown, f"add to GUESSES: {unknown}"
