"""How a course author tests: nothing of envcheck's own is needed but `envcheck.testing`."""

from __future__ import annotations

from somebodys_course import COURSE, Answer, answer, computes

from envcheck.testing import described, fails, failures, interpreter, passes, run_course


def test_described() -> None:
    """On described machines nothing is started."""
    assert passes(computes, described(facts={answer: Answer(42)})).summary == "the answer is 42"
    fails(
        computes,
        described(variables={"SOMEBODY_BREAKS": "1"}, python=interpreter()),
        "somebody-breaks",
    )


def test_this_python() -> None:
    """The whole course on the Python that runs the test."""
    report = run_course(COURSE, "week1")
    assert report.exit_code == 0, failures(report)
