"""A package that is absent is one finding, however many checks see it."""

from __future__ import annotations

import pytest

from envcheck import Diagnosis, Evidence, Fix, Run, Severity, Status, Tell
from envcheck.model import Step
from envcheck.run.result import CheckResult
from envcheck.run.told_once import told_once

PIP = ("/ml/bin/python", "-m", "pip", "install")


def diagnosis(code: str, *steps: Step, severity: Severity = Severity.ERROR) -> Diagnosis:
    return Diagnosis(code, f"about {code}", Evidence(code), (Fix("do it", steps),), severity)


def warning(code: str, *steps: Step) -> Diagnosis:
    return diagnosis(code, *steps, severity=Severity.WARNING)


def results(*diagnoses: Diagnosis) -> list[CheckResult]:
    """Each in a check of its own, in this order."""
    return [
        CheckResult(f"c.{number}", "t", Status.WARN, 0.1, "s", diagnoses=(one,))
        for number, one in enumerate(diagnoses)
    ]


def codes(*diagnoses: Diagnosis) -> list[str]:
    return [result.diagnoses[0].code for result in told_once(results(*diagnoses))]


MISSING = diagnosis("dependency-missing", Run((*PIP, "matplotlib-inline>=0.1.6")))


@pytest.mark.parametrize(
    "command",
    [
        (*PIP, "matplotlib-inline>=0.1"),
        (*PIP, "--upgrade", "Matplotlib_Inline"),
        ("uv", "add", "matplotlib-inline"),
    ],
)
def test_a_warning_of_what_an_error_has_installed(command: tuple[str, ...]) -> None:
    """In whichever order the checks ran, and whatever else the two lines say."""
    conflict = warning("packages-in-conflict", Run(command))
    assert codes(conflict, MISSING) == codes(MISSING, conflict) == ["dependency-missing"] * 2


def test_two_warnings_are_the_first() -> None:
    first = warning("dependency-missing", Run((*PIP, "async-lru>=1")))
    assert (
        codes(first, warning("packages-in-conflict", Run((*PIP, "async-lru"))))
        == ["dependency-missing"] * 2
    )


@pytest.mark.parametrize(
    "other",
    [
        warning("packages-in-conflict", Run((*PIP, "matplotlib-inline", "comm"))),  # it says more
        warning("other-page-broken", Tell("Show this report to your teacher.")),
        warning("not-pip", Run(("conda", "deactivate"))),
        diagnosis("packages-missing", Run((*PIP, "matplotlib-inline"))),  # an error is its own
    ],
)
def test_what_stays(other: Diagnosis) -> None:
    assert codes(other, MISSING) == [other.code, "dependency-missing"]
