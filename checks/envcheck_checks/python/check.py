"""The learner's Python itself: it runs, it is new enough, 64-bit, with a whole standard library."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail
from envcheck.fixes.advice import tell
from envcheck.target.interpreter import Interpreter, Unusable, target
from envcheck_checks.interference import settings
from envcheck_checks.python import (
    does_not_run,
    gaps,
    inactive,
    lost_settings,
    other_version,
    start_files,
)
from envcheck_checks.python.codes import (
    PYTHON_32_BIT,
)
from envcheck_checks.python.fine import fine
from envcheck_checks.python.replacement import Wanted


def python(versions: str = ">=3.10", requirements: Sequence[str] = ()) -> Check:
    """The target runs, is of one of these versions (a PEP 440 specifier), 64-bit, and whole.

    `requirements` fill the environment that is offered where it is none of that, and another Python
    is there.
    """
    wanted = Wanted(versions, tuple(requirements))

    def examine(env: Environment) -> Outcome:
        answer = target(env)
        if isinstance(answer, Unusable):
            return lost_settings.unreadable(answer) or does_not_run.diagnose(env, answer, wanted)
        misled = (
            settings.takes_itself_for_another(env, answer)
            or start_files.takes_packages_away(env)
            or lost_settings.diagnose(answer)
        )
        return (
            other_version.diagnose(env, answer, wanted)
            or _32_bit(answer)
            or gaps.of_its_own_or_anothers(env, answer)
            or misled
            or inactive.leads_nowhere(env, answer, wanted)
            or fine(env, answer)
        )

    return Check(
        id="python",
        title="Python",
        cost=Cost(0.1, 20),
        examine=examine,
        timeout=75,
        proves="the learner's Python starts, is new enough and 64-bit, and its standard library loads",
        symptom="`python` is not found, does not start, is too old or too new",
        slow_because="the first start of a Python reads many files",
        pythons=versions,
    )


def _32_bit(interpreter: Interpreter) -> Diagnosis | None:
    if interpreter.bits == 64:
        return None
    return fail(
        PYTHON_32_BIT,
        "this Python is a 32-bit one, and the chapter's packages come for 64-bit Pythons only",
        tell(
            "install a 64-bit Python",
            "Install the 64-bit Python from https://www.python.org/downloads/ and make the course's environment with it, in a new terminal.",
        ),
        found=f"{interpreter.version}, {interpreter.bits}-bit",
        wanted="a 64-bit Python",
        looked_in=interpreter.executable,
    )
