"""The helpers that course authors get."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from envcheck import Chapter, Check, Course, Environment, Outcome, check, fact, fail, ok, skip, warn
from envcheck.errors import UsageProblem
from envcheck.testing import (
    described,
    examine,
    fails,
    failures,
    interpreter,
    passes,
    run_course,
    skips,
    warns,
)


@fact
def missing(env: Environment) -> tuple[str, ...]:
    return tuple(env.run(["look"], timeout=1).stdout.split())


@check("data")
def data(env: Environment) -> Outcome:
    """The data is there"""
    if env.options.offline:
        return skip("offline")
    if len(missing(env)) > 1:
        return fail("data-missing", f"{missing(env)} is missing"), warn("data-old", "old")
    return ok("all there", *(warn("data-odd", name) for name in missing(env)))


@check("use", needs=[data])
def use(env: Environment) -> Outcome:
    """The data can be read"""
    return ok(env.run([*env.located.command, "-V"], timeout=20).stdout)


COURSE = Course("c", "C", [Chapter("w", "W", [data]), Chapter("x", "X", [use])])


def test_assertions() -> None:
    """Each helper gives what it asserted, or an AssertionError that says what came instead."""
    assert passes(data, described(facts={missing: ()})).summary == "all there"
    assert (
        "a.csv"
        in fails(data, described(facts={missing: ("a.csv", "b.csv")}), "data-missing").summary
    )
    assert (
        warns(data, described(facts={missing: ("a.csv", "b.csv")}), "data-old").code == "data-old"
    )
    assert warns(data, described(facts={missing: ("a.csv",)}), "data-odd").summary == "a.csv"
    assert skips(data, described(options=described().options.__class__(offline=True))) == "offline"
    for wrong in (
        lambda env: fails(data, env, "data-missing"),
        lambda env: warns(data, env, "x"),
        lambda env: skips(data, env),
    ):
        with pytest.raises(AssertionError, match="`data`"):
            wrong(described(facts={missing: ()}))
    with pytest.raises(AssertionError, match="warns"):
        passes(data, described(facts={missing: ("a.csv",)}))


def test_nonsense_is_refused() -> None:
    """A check that answers something else fails its test."""
    with pytest.raises(AssertionError, match="not an outcome"):
        examine(Check("x", "X", lambda env: "fine"), described())  # type: ignore[arg-type, return-value]  # on purpose


def test_nothing_is_started() -> None:
    """A described environment refuses to start a program, for facts and checks alike, and touches
    no folder.
    """
    for ask in (missing, use.examine):
        with pytest.raises(AssertionError, match="starts nothing"):
            ask(described(variables={"PATH": "/usr/bin"}, scratch=Path("/tmp")))
    with pytest.raises(AssertionError, match="starts nothing"):
        described(scratch=Path("/tmp")).start(["x"])


def test_described_course() -> None:
    """A whole course runs on a described machine: blocked checks and all."""
    report = run_course(COURSE, env=described(facts={missing: ("a", "b")}, python=interpreter()))
    assert (report.exit_code, [one.blocked_by for one in report.results]) == (1, [None, "w.data"])
    assert failures(report).splitlines()[0] == "w.data: fail: ('a', 'b') is missing"


def test_real_course() -> None:
    """Without a description the course runs on the Python that is named."""
    plain = Course("c", "C", [Chapter("x", "X", [Check("use", "Use", use.examine)])])
    report = run_course(plain, python=sys.executable)
    assert report.exit_code == 0, failures(report)
    assert report.results[0].summary.startswith("Python 3.")
    with pytest.raises(UsageProblem):
        run_course(plain, "y")
