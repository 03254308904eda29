"""What is said of a tool whose work came to its end with another result than it should have."""

from __future__ import annotations

from envcheck import Diagnosis, fail
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.tools.framework.codes import TOOL_ANSWERS_WRONG


def wrong_answer(title: str, *, found: object, wanted: object, looked_in: object = "") -> Diagnosis:
    """The diagnosis: `title` is the tool's name in sentences, `found` its result, `wanted` the
    right one.
    """
    return fail(
        TOOL_ANSWERS_WRONG,
        f"{title} gave another result than the one that was put in",
        ask_teacher(),
        found=found,
        wanted=wanted,
        looked_in=looked_in,
    )
