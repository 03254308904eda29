"""A report as outcomes of tests, from the report that envcheck writes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from tests.unit.engine.reports import examples

from envcheck.reports import junit
from envcheck.reports.document import document
from envcheck.run.report import READY, Report
from envcheck_pytest.outcomes import Outcome, no_report, outcomes


def of(report: Report, *names: str) -> list[Outcome]:
    """Of these checks, or all and the verdict."""
    selected = [*names] or [*(result.id for result in report.results), "verdict"]
    return outcomes(json.loads(json.dumps(document(report))), junit.render(report), selected)


def kinds(report: Report, *names: str) -> dict[str, str]:
    return {outcome.name: outcome.kind for outcome in of(report, *names)}


def test_ready() -> None:
    """What was proved has passed, what was not asked is skipped with the reason."""
    made = {outcome.name: outcome for outcome in of(examples.READY)}
    assert made["chapter2.kernel"].kind == made["verdict"].kind == "passed"
    skipped = [outcome.text for outcome in made.values() if outcome.kind == "skipped"]
    assert skipped == ["skipped: this machine has no display", "not asked: it needs --deep"]


def test_a_cause_is_one_failure() -> None:
    """With evidence and what is pasted; what waits for it is skipped, with its name."""
    made = {outcome.name: outcome for outcome in of(examples.NOT_READY)}
    assert [name for name, outcome in made.items() if outcome.kind == "failed"] == [
        "chapter2.kernel"
    ]
    assert made["chapter2.kernel"].text.splitlines() == [
        'error: the kernel "Python 3" starts another Python than yours',
        "found: ~/anaconda3/bin/python",
        "wanted: ~/ml/.venv/bin/python",
        "looked in: ~/.local/share/jupyter/kernels/python3/kernel.json",
        "next step: give this environment its own kernel",
        "    ~/ml/.venv/bin/python -m ipykernel install --sys-prefix",
        "why: envcheck explain kernelspec-other-python",
    ]
    assert made["chapter2.snippets"] == Outcome(
        "chapter2.snippets", "skipped", "waits for chapter2.kernel"
    )
    assert made["verdict"].text == (
        "not-ready, exit code 1: Python 3.12.4 at ~/ml/.venv/bin/python. The failures say why"
    )


def test_a_cause_that_was_not_chosen() -> None:
    """Where -k leaves only what waits, that fails, with the cause: a skip would look green."""
    (waiting,) = of(examples.NOT_READY, "chapter2.snippets")
    assert waiting.kind == "failed"
    assert waiting.text.splitlines()[:3] == [
        "waits for chapter2.kernel",
        'error: the kernel "Python 3" starts another Python than yours',
        "found: ~/anaconda3/bin/python",
    ]


def test_a_warning_passes() -> None:
    """With its words; with --strict it fails, as the exit code does."""
    (warned,) = of(examples.WARNED, "chapter2.python")
    assert (warned.kind, warned.text) == ("passed", "")
    assert "warning: the environment was found in this folder" in warned.warning
    assert kinds(replace(examples.WARNED, strict=True))["chapter2.python"] == "failed"


def test_unproved() -> None:
    """Nothing proved is a failure of the verdict, also where every check is skipped."""
    made = kinds(examples.UNPROVED)
    assert {kind for name, kind in made.items() if name != "verdict"} == {"skipped"}
    assert made["verdict"] == "failed"


def test_what_the_report_does_not_name() -> None:
    """It was not proved, so it has failed."""
    assert kinds(examples.READY, "chapter2.gone") == {"chapter2.gone": "failed"}


@pytest.mark.parametrize("name", ["alone", ".", "two\nlines", "a.\x07bell", "a.\ufffe"])
def test_a_name_that_xml_writes_otherwise(name: str) -> None:
    result = replace(examples.READY.results[0], id=name)
    assert kinds(replace(examples.READY, results=(result,))) == {
        name: "passed",
        "verdict": "passed",
    }


def test_reports_that_do_not_belong_together() -> None:
    """No check has what is another's."""
    less = replace(examples.READY, results=examples.READY.results[:1])
    with pytest.raises(ValueError, match="checks in JSON"):
        outcomes(document(less), junit.render(examples.READY), ["chapter2.kernel"])


@pytest.mark.parametrize("text", ["", "<html>", "{}"])
def test_no_report(text: str) -> None:
    """One failure has what was said, and the others name it."""
    with pytest.raises((ValueError, KeyError, SyntaxError)):
        outcomes({"checks": []}, text, ["a.b"])
    first, other = no_report("it died", ["a.b", "a.c"])
    assert (first.kind, first.text, other.kind) == ("failed", "it died", "skipped")
    assert other.text == "not told, since envcheck gave no report: a.b says why"


@given(examples.reports())
@examples.ANY
def test_green_is_what_the_exit_code_says(report: Report) -> None:
    """Whatever the report: all is green where envcheck says ready, and nowhere else."""
    made = kinds(report)
    assert ("failed" not in made.values()) == (report.exit_code == READY)
