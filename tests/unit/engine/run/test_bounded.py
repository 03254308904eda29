"""Whatever others have written, a report stays one that a person reads, and a run ends in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pace import within

from envcheck import (
    Chapter,
    Check,
    Confidence,
    Course,
    Environment,
    Evidence,
    Fix,
    Outcome,
    Rename,
    Run,
    SetEnv,
    Tell,
    UsePython,
    Write,
    ok,
    unknown,
)
from envcheck.model import Diagnosis, Skipped, Step
from envcheck.printable import shortened
from envcheck.reports import FORMATS, renderer
from envcheck.run.bounded import LONGEST, LONGEST_STEP, bounded
from envcheck.run.target_summary import in_words
from envcheck.testing import described, interpreter, run_course

VAST = "`a b-" * 2_000_000  # ten megabytes
SECONDS = 5.0  # for one report in six formats, on a busy machine; 0.1 on a quiet one


def vast(*steps: Step) -> Diagnosis:
    return Diagnosis("vast", "short", fixes=(Fix("short", steps, Confidence.SURE),))


OUTCOMES: list[Outcome] = [
    ok(VAST),
    ok("short", Diagnosis("vast", VAST)),
    unknown(VAST),
    Skipped(VAST),
    Diagnosis("vast", VAST, Evidence(VAST, VAST, VAST), (Fix(VAST, (Tell(VAST),)),), note=VAST),
    vast(Run((VAST, "x"))),
    vast(Run(tuple("x" for _ in range(100_000)))),
    vast(Rename(VAST, "x")),
    vast(Rename("x", "y"), SetEnv("A", VAST)),
    vast(Write("x", VAST)),
    vast(UsePython(VAST)),
]


@pytest.mark.parametrize("number", range(len(OUTCOMES) + 1))
def test_every_text_of_a_report(number: int) -> None:
    """The last is a check that raises."""

    def examine(_: Environment) -> Outcome:
        if number == len(OUTCOMES):
            raise RuntimeError(VAST)
        return OUTCOMES[number]

    course = Course("vast", "Vast", [Chapter("week1", "One", [Check("vast", "Vast", examine)])])
    begun = time.monotonic()
    report = run_course(course, "week1", env=described(python=interpreter()))
    sizes = {name: len(renderer(name)(report)) for name in FORMATS}
    assert time.monotonic() - begun < within(SECONDS)
    assert max(sizes.values()) < 40 * LONGEST + 6 * LONGEST_STEP, sizes


@pytest.mark.parametrize(
    "step", [Run(("x", "y" * 100)), Rename("x" * 4000, "y"), Write("x", "y" * 9000)]
)
def test_a_step_is_whole_or_a_persons(step: Step) -> None:
    """A command that is cut would be another command."""
    assert bounded(vast(step)) == vast(step)


def test_a_step_that_is_too_long() -> None:
    (fix,) = bounded(vast(Rename("x", "y"), Run(("x" * 40_000,)))).fixes
    assert [type(step) for step in fix.steps] == [Tell]
    assert not fix.automatic


def test_what_a_program_says_that_takes_itself_for_a_python() -> None:
    located = described(python=interpreter(version=f"3.12.4{VAST}")).located
    summary = in_words(located, interpreter(version=f"3.12.4{VAST}"))
    assert len(summary.version or "") <= LONGEST


@given(st.text("ab` ", max_size=60), st.integers(8, 40))
def test_what_is_cut_says_so(text: str, longest: int) -> None:
    """It fits, it shows that something is left out, and what is typed is closed."""
    shown = shortened(text, longest)
    assert len(shown) <= longest
    assert shown == text or ("..." in shown and shown.count("`") % 2 == 0)
