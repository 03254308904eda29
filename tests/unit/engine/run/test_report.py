"""Verdict and exit code are decided in one place."""

from __future__ import annotations

import dataclasses

import pytest

from envcheck.model import Diagnosis, Severity, Status
from envcheck.run.report import Report
from envcheck.run.result import CheckResult, TargetSummary

PASS, WARN, FAIL, SKIP, ERROR = (
    Status.PASS,
    Status.WARN,
    Status.FAIL,
    Status.SKIP,
    Status.UNDETERMINED,
)


def result(
    id: str, status: Status, *, required: bool = True, selected: bool = True, by: str | None = None
) -> CheckResult:
    return CheckResult(id, id, status, 0.1, "", required=required, selected=selected, blocked_by=by)


def report(*results: CheckResult, strict: bool = False, interrupted: bool = False) -> Report:
    return Report(
        "",
        1.0,
        "c",
        "C",
        "",
        ("x",),
        TargetSummary("python", "rule", None),
        results,
        strict,
        interrupted,
    )


@pytest.mark.parametrize(
    ("results", "code"),
    [
        ([result("a", PASS)], 0),
        ([result("a", PASS), result("b", SKIP)], 0),
        ([result("a", WARN)], 0),
        ([result("a", PASS), result("b", FAIL)], 1),
        ([result("a", PASS), result("b", ERROR)], 3),
        ([result("a", ERROR), result("b", FAIL)], 1),
        ([result("a", FAIL), result("b", SKIP, by="a")], 1),
        ([result("a", ERROR), result("b", SKIP, by="a")], 3),
        ([result("a", SKIP)], 3),
        ([], 3),
    ],
)
def test_exit_codes(results: list[CheckResult], code: int) -> None:
    """0 ready; 1 something fails; 3 something could not be told, or nothing was proved."""
    assert report(*results).exit_code == code
    assert report(*results).verdict == {0: "ready", 1: "not-ready", 3: "undetermined"}[code]


def test_a_warning_in_place_of_the_thing_is_no_proof() -> None:
    """A required check that only warned says nothing about the machine, unless something else was
    done.
    """
    blocked = dataclasses.replace(result("a", WARN), done=False)
    assert report(blocked).exit_code == 3
    assert report(blocked, result("b", PASS)).exit_code == 0
    assert report(blocked, strict=True).exit_code == 1


@pytest.mark.parametrize("status", list(Status))
def test_optional_checks_never_lower_the_verdict(status: Status) -> None:
    """Whatever becomes of an optional check, the required ones decide; alone it proves nothing."""
    optional = result("o", status, required=False)
    assert report(result("a", PASS), optional).exit_code == 0
    assert report(result("a", PASS), optional, strict=True).exit_code == 0
    assert report(optional).exit_code == 3


def test_required_check_that_waits_for_an_optional_one() -> None:
    """What was asked for cannot be had because of a failure, so the machine is not ready."""
    assert report(result("o", FAIL, required=False), result("a", SKIP, by="o")).exit_code == 1
    assert report(result("o", ERROR, required=False), result("a", SKIP, by="o")).exit_code == 3


def test_prerequisites() -> None:
    """With --only, a failing prerequisite is the answer; one that nothing required waits for, and
    is optional, is not.
    """
    assert report(result("need", FAIL, selected=False), result("a", SKIP, by="need")).exit_code == 1
    assert (
        report(result("need", ERROR, selected=False), result("a", SKIP, by="need")).exit_code == 3
    )
    assert report(result("need", PASS, selected=False), result("a", PASS)).exit_code == 0
    assert report(result("need", PASS, selected=False), result("a", SKIP)).exit_code == 3
    optional = result("o", FAIL, required=False, selected=False)
    assert (
        report(result("a", PASS), optional, result("b", SKIP, required=False, by="o")).exit_code
        == 0
    )


def test_strict() -> None:
    """--strict makes a warning a failure."""
    assert report(result("a", WARN), strict=True).exit_code == 1
    assert report(result("a", PASS), strict=True).exit_code == 0


@pytest.mark.parametrize("status", list(Status))
def test_interrupted(status: Status) -> None:
    """An interrupted run says so, whatever was known."""
    assert report(result("a", status), interrupted=True).exit_code == 130


def test_causes_once_and_most_severe_first() -> None:
    """A cause that several checks met is one; errors come before warnings; otherwise as met."""
    warning = Diagnosis("w", "warned", severity=Severity.WARNING)
    late, early = Diagnosis("late", "late"), Diagnosis("early", "early")
    rows = [
        dataclasses.replace(result("a", WARN), diagnoses=(warning,)),
        dataclasses.replace(result("b", FAIL), diagnoses=(early,)),
        dataclasses.replace(result("c", FAIL), diagnoses=(late, early)),
    ]
    causes = report(*rows).causes
    assert [(cause.diagnosis.code, cause.checks) for cause in causes] == [
        ("early", ("b", "c")),
        ("late", ("c",)),
        ("w", ("a",)),
    ]
