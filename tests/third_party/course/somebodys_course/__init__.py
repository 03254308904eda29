"""Somebody's course: one chapter with a ready-made check, a check of its own, and a fact."""

from __future__ import annotations

from dataclasses import dataclass

from envcheck import Chapter, Course, Environment, Fix, Outcome, Run, check, fact, fail, ok
from envcheck.target.interpreter import interpreter
from envcheck_checks.python.check import python

new_enough = python(">=3.6")


@dataclass(frozen=True)
class Answer:
    number: int


@fact
def answer(env: Environment) -> Answer:
    """What the target says when it is asked."""
    done = env.run([interpreter(env).executable, "-c", "print(6 * 7)"], timeout=20)
    return Answer(int(done.stdout or 0))


@check("somebody-answer", needs=[new_enough], timeout=30)
def computes(env: Environment) -> Outcome:
    """The learner's Python computes"""
    if env.variables.get("SOMEBODY_BREAKS"):
        fix = Fix("start again", (Run((interpreter(env).executable, "-V")),))
        return fail(
            "somebody-breaks",
            "the variable SOMEBODY_BREAKS is set",
            fix,
            found=env.variables["SOMEBODY_BREAKS"],
        )
    return ok(f"the answer is {answer(env).number}")


COURSE = Course(
    "somebody",
    "Somebody's course",
    [Chapter("week1", "The first week", [new_enough, computes])],
    pages="somebodys_course.pages",
    revision="2026",
)
