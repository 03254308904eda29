"""A run that was cut short by an option is no answer for the chapter, in words and as data."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.engine.reports import examples

from envcheck.environment import Options
from envcheck.reports import words
from envcheck.reports.document import document
from envcheck.run.plan import Selection
from envcheck.run.report import Report

ONLY = examples.report(
    examples.FINE[0],
    *(
        replace(examples.skipped(one.id, one.title, "not asked: --only"), selected=False)
        for one in examples.FINE[1:]
    ),
    selection=Selection(("chapter2",), (), ("python",)),
)
QUICK = examples.report(
    *examples.FINE[:5],
    examples.skipped("notebook", "Notebook", "not asked: --quick"),
    options=Options(quick=True),
)
DEEPER = examples.report(*examples.FINE, examples.UNASKED, examples.NO_DISPLAY)


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (ONLY, "Python works. Not all of chapter 2 was asked for."),
        (QUICK, "Everything that was asked for works. Not all of chapter 2 was asked for."),
        (DEEPER, "Ready for chapter 2."),
    ],
)
def test_the_verdict_in_words(report: Report, said: str) -> None:
    """What was asked for and that it works; ready is only what was asked about as a whole."""
    assert words.verdict(report) == said
    assert report.exit_code == 0


def test_a_chapter_for_other_systems_is_not_called_ready() -> None:
    """Nothing of it was proved, whatever the other one's checks say."""
    reason = "only on Windows; this is Linux"
    foreign = replace(examples.skipped("python", "Python", reason), id="week1.python")
    own = [replace(each, id=each.id.replace("chapter2.", "week2.")) for each in examples.FINE]
    report = examples.report(foreign, *own)
    both = replace(report, chapters=("week1", "week2"))
    assert words.verdict(both) == "Ready for week2; week1 is not for your system."


def test_what_the_run_was_limited_to() -> None:
    """Programs count complete runs only; a check that an option leaves out and that nobody requires
    takes nothing away.
    """
    assert document(ONLY)["selection"] == {
        "only": ["python"],
        "skip": [],
        "quick": False,
        "deep": False,
        "offline": False,
        "notebooks": False,
        "complete": False,
    }
    assert document(QUICK)["selection"]["quick"] and not QUICK.complete
    optional = replace(examples.NO_DISPLAY, skip_reason="not asked: --offline")
    assert examples.report(*examples.FINE, optional).complete
