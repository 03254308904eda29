"""Every check gets exactly one result, whatever checks do."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pace import within

from envcheck import Check, Course, Environment, NotDone, Outcome, fail, ok, skip, unknown, warn
from envcheck.environment import Options
from envcheck.model import Chapter, Status
from envcheck.run.plan import Planned, Selection, make
from envcheck.run.result import CheckResult
from envcheck.run.runner import Event, Runner
from envcheck.testing import described

OUTCOMES: dict[str, Callable[[Environment], Any]] = {
    "pass": lambda env: ok("fine"),
    "warn": lambda env: warn("w", "warned"),
    "fine with a warning": lambda env: ok("fine", warn("w", "warned")),
    "not done": lambda env: NotDone(warn("w", "warned")),
    "fail": lambda env: fail("f", "failed"),
    "fail and warn": lambda env: (fail("f", "failed"), warn("w", "warned")),
    "skip": lambda env: skip("no display"),
    "unknown": lambda env: unknown("could not tell"),
    "raise": lambda env: 1 / 0,
    "exit": lambda env: sys.exit(3),
    "interrupt": lambda env: (_ for _ in ()).throw(KeyboardInterrupt()),
    "nonsense": lambda env: "ok",
    "nothing": lambda env: None,
    "empty": lambda env: (),
}
DONE = {
    "pass": Status.PASS,
    "warn": Status.WARN,
    "fine with a warning": Status.WARN,
    "not done": Status.WARN,
    "fail": Status.FAIL,
    "fail and warn": Status.FAIL,
    "skip": Status.SKIP,
}


def check(
    id: str,
    work: str | Callable[[Environment], Outcome] = "pass",
    needs: Sequence[Check] = (),
    **more: Any,
) -> Check:
    return Check(id, id, OUTCOMES[work] if isinstance(work, str) else work, needs=needs, **more)


def run(
    *checks: Check,
    limit: float = 20,
    jobs: int = 6,
    skipped: Sequence[str] = (),
    on_event: Callable[[Event], object] = id,
) -> dict[str, CheckResult]:
    planned = make(
        Course("c", "C", [Chapter("x", "X", checks)]),
        Selection(("x",), skip=tuple(skipped)),
        Options(),
    )
    results = Runner(described(), jobs, limit, on_event=on_event).run(planned)
    assert [one.id for one in results] == [one.id for one in planned]
    return {one.id.removeprefix("x."): one for one in results}


@pytest.mark.parametrize("work", OUTCOMES)
def test_every_way_to_end(work: str) -> None:
    """A check that breaks, leaves the program or answers nonsense is an ERROR that names it; the
    others go on.
    """
    results = run(check("odd", work), check("good"))
    assert results["odd"].status is DONE.get(work, Status.UNDETERMINED)
    assert results["good"].status is Status.PASS
    assert results["odd"].proved is (work in ("pass", "warn", "fine with a warning"))
    if work not in DONE and work != "unknown":
        assert "the check `odd`" in results["odd"].summary


class Hostile(Exception):
    def __str__(self) -> str:
        raise ValueError("not even this")

    __repr__ = __str__


def test_hostile_values() -> None:
    """Even an exception or an answer that cannot be printed is a result."""

    def raises(_: Environment) -> Outcome:
        raise Hostile

    def answers(_: Environment) -> Any:
        return Hostile()

    results = run(check("raises", raises), check("answers", answers))
    assert [one.status for one in results.values()] == [Status.UNDETERMINED] * 2
    assert "Hostile" in results["raises"].summary
    assert "Hostile" in results["answers"].summary


def slow(work: str, seconds: float) -> Callable[[Environment], Outcome]:
    def examine(env: Environment) -> Outcome:
        time.sleep(seconds)
        return OUTCOMES[work](env)  # type: ignore[no-any-return]

    return examine


def test_order_is_kept() -> None:
    """Results come in the course's order, whatever ends first."""
    waits = [check(str(n), slow("pass", (5 - n) / 20)) for n in range(5)]
    assert list(run(*waits)) == list("01234")


def test_needs_come_first() -> None:
    """A check starts when all that it needs has passed, or passed with a warning."""
    seen: list[str] = []

    def note(name: str) -> Callable[[Environment], Outcome]:
        def examine(_: Environment) -> Outcome:
            seen.append(name)
            time.sleep(0.05)
            return warn("w", "w")

        return examine

    first = check("first", note("first"))
    second = check("second", note("second"), [first])
    run(check("third", note("third"), [second, first]), second, first)
    assert seen == ["first", "second", "third"]


def test_blocked_by_the_root() -> None:
    """Down a chain the first failure is named, not the nearest."""
    root = check("root", "fail")
    one = check("one", needs=[root])
    two = check("two", needs=[one])
    results = run(root, one, two)
    assert [(results[name].status, results[name].blocked_by) for name in ("one", "two")] == [
        (Status.SKIP, "x.root")
    ] * 2


def test_left_out_is_not_blocked() -> None:
    """What needs a check that was left out or skipped itself says so, and blames nobody."""
    root = check("root")
    two = check("two", needs=[check("one", needs=[root])])
    results = run(root, two, skipped=["root"])
    assert results["two"].blocked_by is None
    assert "left out" in str(results["two"].skip_reason)
    display = check("display", "skip")
    assert run(display, check("browser", needs=[display]))["browser"].blocked_by is None


@pytest.mark.parametrize(
    ("other_work", "own", "status"),
    [
        ("fail", "fail", Status.SKIP),
        ("fail", "raise", Status.SKIP),
        ("pass", "fail", Status.FAIL),
        ("raise", "fail", Status.FAIL),
        ("skip", "fail", Status.FAIL),
    ],
)
@pytest.mark.parametrize("later", ["other", "own"])
def test_explained_by(other_work: str, own: str, status: Status, later: str) -> None:
    """The failure of a check named in `explained_by` explains this one's failure, never its
    success; what could not be told explains nothing.
    """
    other = check("other", slow(other_work, 0.2 if later == "other" else 0))
    result = run(
        check("mine", slow(own, 0.2 if later == "own" else 0), explained_by=[other]), other
    )["mine"]
    assert result.status is status
    assert result.blocked_by == ("x.other" if status is Status.SKIP else None)


def test_an_explanation_is_not_waited_out() -> None:
    """A success that comes first stands; after the other's failure a check is settled at once, and
    its place is free again.
    """
    other = check("other", slow("fail", 0.3))
    assert run(check("mine", explained_by=[other]), other)["mine"].status is Status.PASS
    other = check("other", "fail")
    both = threading.Barrier(2, timeout=within(5))
    pair = [check(name, lambda env: ok(str(both.wait()))) for name in ("left", "right")]
    begun = time.monotonic()
    results = run(check("mine", slow("pass", 0.5), explained_by=[other]), other, *pair, jobs=2)
    assert results["mine"].blocked_by == "x.other"
    assert {results[name].status for name in ("left", "right")} == {Status.PASS}
    assert time.monotonic() - begun < within(5)


def test_explained_by_something_that_waits() -> None:
    """What explains it is blocked itself: by an ERROR, a check keeps its own failure; by a failure,
    that root explains both.
    """
    for root_work, status, by in (("raise", Status.FAIL, None), ("fail", Status.SKIP, "x.root")):
        root = check("root", root_work)
        other = check("other", needs=[root])
        result = run(check("mine", "fail", explained_by=[other]), root, other)["mine"]
        assert (result.status, result.blocked_by) == (status, by)


def test_what_explains_runs_at_the_same_time() -> None:
    """A check does not wait for what may explain it."""
    both = threading.Barrier(2, timeout=within(5))
    other = check("other", lambda env: ok(str(both.wait() + 1)))
    assert (
        run(check("mine", lambda env: ok(str(both.wait() + 1)), explained_by=[other]), other)[
            "mine"
        ].status
        is Status.PASS
    )


def test_own_deadline(over: threading.Event) -> None:
    """A check that never answers is an ERROR at its deadline, its dependants are blocked by it, and
    the run ends.
    """
    for_ever = check("forever", until(over), timeout=0.5)
    begun = time.monotonic()
    results = run(for_ever, check("after", needs=[for_ever]), check("other"))
    assert time.monotonic() - begun < within(3)
    assert results["forever"].status is Status.UNDETERMINED
    assert "no answer within its limit" in results["forever"].summary
    assert results["after"].blocked_by == "x.forever"
    assert results["other"].status is Status.PASS


@pytest.fixture
def over() -> Iterator[threading.Event]:
    """Set when the test ends: what a run has given up works no longer beside the next tests."""
    event = threading.Event()
    yield event
    event.set()


def test_busy_check(over: threading.Event) -> None:
    """A check that computes for ever, and so holds the interpreter, ends at its deadline too."""

    def busy(_: Environment) -> Outcome:
        while not over.is_set():
            pass
        return ok("")

    limit, begun = within(4), time.monotonic()
    assert run(check("busy", busy, timeout=0.5))["busy"].status is Status.UNDETERMINED
    assert time.monotonic() - begun < limit


def until(over: threading.Event) -> Callable[[Environment], Outcome]:
    """A check that gives no answer before that."""
    return lambda env: ok(str(over.wait()))


def test_limit_of_the_run(over: threading.Event) -> None:
    """At the run's limit what runs and what has not begun are errors that say so, and what was
    known stays.
    """
    sleepers = [check(f"s{n}", until(over), timeout=60) for n in range(3)]
    begun = time.monotonic()
    results = run(check("quick"), *sleepers, limit=1, jobs=2)
    assert time.monotonic() - begun < within(3)
    assert results["quick"].status is Status.PASS
    assert {results[f"s{n}"].status for n in range(3)} == {Status.UNDETERMINED}
    assert all("--timeout" in results[f"s{n}"].summary for n in range(3))


def test_what_was_spent_before(over: threading.Event) -> None:
    """The time that locating took counts against the run's limit."""
    planned = [Planned("x.slow", check("slow", until(over), timeout=60))]
    begun = time.monotonic()
    assert Runner(described(), limit=20, spent=19.4).run(planned)[0].status is Status.UNDETERMINED
    assert time.monotonic() - begun < within(3)


def test_late_answers_change_nothing() -> None:
    """An answer after the deadline finds the check settled."""
    events: list[Event] = []
    given_up, answers = threading.Event(), threading.Event()

    def note(event: Event) -> None:
        events.append(event)
        if event.result is not None:
            given_up.set()

    def late(_: Environment) -> Outcome:
        given_up.wait(within(5))
        answers.set()
        return ok("")

    def long(_: Environment) -> Outcome:
        answers.wait(within(5))
        time.sleep(0.3)
        return ok("")

    results = run(check("late", late, timeout=0.3), check("long", long), on_event=note, limit=60)
    assert results["late"].status is Status.UNDETERMINED
    settled = [
        event for event in events if event.result is not None and event.planned.id == "x.late"
    ]
    assert len(settled) == 1


@pytest.mark.parametrize("jobs", [1, 3])
def test_jobs(jobs: int) -> None:
    """Never more checks at once than asked for."""
    now: list[int] = []
    most: list[int] = []
    all_of_them = threading.Barrier(jobs, timeout=within(5))

    def count(_: Environment) -> Outcome:
        now.append(1)
        most.append(len(now))
        all_of_them.wait()
        time.sleep(0.05)
        now.pop()
        return ok("")

    results = run(*[check(str(n), count) for n in range(3 * jobs)], jobs=jobs)
    assert {one.status for one in results.values()} == {Status.PASS}
    assert max(most) == jobs


def test_events_come_from_one_thread() -> None:
    """Whoever shows progress needs no locks: begun, then settled, each once, from the thread that
    called.
    """
    events: list[tuple[str, bool, int]] = []
    run(
        *[check(str(n)) for n in range(5)],
        on_event=lambda event: events.append(
            (event.planned.id, event.result is None, threading.get_ident())
        ),
    )
    assert {thread for _, _, thread in events} == {threading.get_ident()}
    for n in range(5):
        assert [begun for name, begun, _ in events if name == f"x.{n}"] == [True, False]


def test_interrupt_keeps_what_is_known(over: threading.Event) -> None:
    """After Ctrl-C the results so far can be had, and the rest is an ERROR."""

    def stop(event: Event) -> None:
        if event.result is not None:
            raise KeyboardInterrupt

    planned = [Planned("x.0", check("0"))]
    planned += [Planned(f"x.{n}", check(str(n), until(over))) for n in (1, 2)]
    runner = Runner(described(), on_event=stop)
    with pytest.raises(KeyboardInterrupt):
        runner.run(planned)
    assert [one.status for one in runner.results("interrupted")] == [
        Status.PASS,
        Status.UNDETERMINED,
        Status.UNDETERMINED,
    ]


@st.composite
def courses(draw: st.DrawFn) -> list[Check]:
    """Up to twelve checks in any order, each with any outcome, needing and explained by any of
    those before it.
    """
    made: list[Check] = []
    for number in range(draw(st.integers(1, 12))):
        earlier = st.lists(st.sampled_from(made), max_size=3, unique=True) if made else st.just([])
        made.append(
            check(
                str(number),
                slow(draw(st.sampled_from(list(OUTCOMES))), draw(st.sampled_from([0, 0, 0.002]))),
                draw(earlier),
                explained_by=draw(earlier),
                required=draw(st.booleans()),
            )
        )
    return draw(st.permutations(made))


@given(courses(), st.integers(1, 4), st.lists(st.integers(0, 11), max_size=2))
def test_any_course(checks: list[Check], jobs: int, skipped: list[int]) -> None:
    """For any course: one result each, a passed check's needs all passed, and blame always falls on
    a failed check.
    """
    names = [one.id for one in checks]
    results = run(
        *checks,
        jobs=jobs,
        skipped=[str(n) for n in skipped if str(n) in names and len(names) > len(set(skipped))],
    )
    assert set(results) == set(names)
    by_id = {one.id: one for one in results.values()}
    for one in checks:
        result = results[one.id]
        if result.status in (Status.PASS, Status.WARN):
            assert {results[need.id].status for need in one.needs} <= {Status.PASS, Status.WARN}
        if result.blocked_by is not None:
            assert result.status is Status.SKIP
            assert by_id[result.blocked_by].status in (Status.FAIL, Status.UNDETERMINED)
        assert (result.status is Status.SKIP) == bool(result.skip_reason)
        assert not (result.diagnoses and result.status not in (Status.WARN, Status.FAIL))
