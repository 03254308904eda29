"""Which result a check has, decided without a thread and without a clock."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from envcheck import (
    Check,
    Diagnosis,
    Fine,
    NotDone,
    Outcome,
    Severity,
    Skipped,
    Status,
    Unknown,
    fail,
    ok,
    warn,
)
from envcheck.run.plan import Planned
from envcheck.run.tasks import Task, Tasks

BROKEN = fail("broken", "it is broken")
ODD = warn("odd", "it is odd")


def check(id: str, needs: Sequence[Check] = (), explained_by: Sequence[Check] = ()) -> Check:
    return Check(id, id, lambda env: ok("fine"), needs=needs, explained_by=explained_by)


def tasks(*checks: Check, begun: float = 100.0) -> tuple[Tasks, dict[str, Task]]:
    made = Tasks([Planned(one.id, one) for one in checks], begun)
    return made, {task.planned.id: task for task in made}


def answer(task: Task, outcome: Outcome | None, error: str = "") -> None:
    task.begun, task.seconds, task.outcome, task.error = 101.5, 0.25, outcome, error


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Fine("fine"), Status.PASS),
        (Fine("fine", (ODD,)), Status.WARN),
        (BROKEN, Status.FAIL),
        (ODD, Status.WARN),
        ((ODD, BROKEN), Status.FAIL),
        (NotDone(ODD), Status.WARN),
        (Skipped("no display"), Status.SKIP),
        (Unknown("it cannot be told"), Status.UNDETERMINED),
    ],
)
def test_the_status_of_an_outcome(outcome: Outcome, status: Status) -> None:
    """Each outcome has one status; the times are counted from the start of the run."""
    made, by_id = tasks(check("a"))
    answer(by_id["a"], outcome)
    result = made.settled(by_id["a"])
    assert result is not None
    assert (result.status, result.started, result.seconds) == (status, 1.5, 0.25)
    assert result.proved is (status in (Status.PASS, Status.WARN) and outcome != NotDone(ODD))


def test_an_error_is_undetermined() -> None:
    """A check that broke has no outcome: its line says how it broke."""
    made, by_id = tasks(check("a"))
    answer(by_id["a"], None, "the check `a` broke")
    result = made.settled(by_id["a"])
    assert result is not None
    assert (result.status, result.summary) == (Status.UNDETERMINED, "the check `a` broke")


def test_what_runs_is_not_settled() -> None:
    """Before it has started, and while it runs, a check has no result."""
    made, by_id = tasks(check("a"))
    assert made.settled(by_id["a"]) is None
    by_id["a"].begun = 101.0
    assert made.settled(by_id["a"]) is None


def test_a_need_that_failed_blocks() -> None:
    """What needs a failed check never starts, and names the first one in the chain."""
    root = check("root")
    middle = check("middle", needs=[root])
    made, by_id = tasks(root, middle, check("last", needs=[middle]))
    answer(by_id["root"], BROKEN)
    for name in ("root", "middle", "last"):
        by_id[name].result = made.settled(by_id[name])
    last = by_id["last"].result
    assert last is not None
    assert (last.status, last.blocked_by, last.needs) == (Status.SKIP, "root", ("middle",))


@pytest.mark.parametrize(
    ("other", "status"),
    [(BROKEN, Status.SKIP), (Fine("fine"), Status.FAIL), (Unknown("?"), Status.FAIL)],
)
def test_what_explains_a_failure(other: Outcome, status: Status) -> None:
    """A failure waits for the check that may explain it; only a failure of that one does."""
    explaining = check("explaining")
    made, by_id = tasks(check("mine", explained_by=[explaining]), explaining)
    answer(by_id["mine"], BROKEN)
    assert made.settled(by_id["mine"]) is None
    answer(by_id["explaining"], other)
    by_id["explaining"].result = made.settled(by_id["explaining"])
    result = made.settled(by_id["mine"])
    assert result is not None
    assert result.status is status


def test_a_success_waits_for_nobody() -> None:
    """What works needs no explanation."""
    explaining = check("explaining")
    made, by_id = tasks(check("mine", explained_by=[explaining]), explaining)
    answer(by_id["mine"], Fine("fine"))
    result = made.settled(by_id["mine"])
    assert result is not None
    assert result.status is Status.PASS


def test_left_out() -> None:
    """A check that was not asked for says so; it blames nobody."""
    made = Tasks([Planned("a", check("a"), False, "not asked: --skip")])
    result = made.settled(next(iter(made)))
    assert result is not None
    assert (result.status, result.skip_reason, result.blocked_by) == (
        Status.SKIP,
        "not asked: --skip",
        None,
    )


def test_severity_of_the_first_is_not_enough() -> None:
    """One error among warnings is a failure, wherever it stands."""
    warnings: tuple[Diagnosis, ...] = (ODD, ODD)
    for diagnoses in (warnings, (*warnings, BROKEN)):
        made, by_id = tasks(check("a"))
        answer(by_id["a"], diagnoses)
        result = made.settled(by_id["a"])
        assert result is not None
        failing = any(one.severity is Severity.ERROR for one in diagnoses)
        assert result.status is (Status.FAIL if failing else Status.WARN)


def test_the_line_that_works_here_goes_on() -> None:
    made, by_id = tasks(check("a"))
    answer(by_id["a"], ok("served", typed="jupyter notebook --allow-root"))
    result = made.settled(by_id["a"])
    assert result is not None
    assert result.typed == "jupyter notebook --allow-root"
