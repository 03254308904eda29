"""What a report says in its course's name: hints for who is not ready, and the pages of its codes."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck.learners_system import system_of, text_for
from envcheck.model import Chapter, Status
from envcheck.printable import one_line, shortened
from envcheck.run import pages
from envcheck.run.request import Request
from envcheck.run.result import CheckResult

LONGEST = 500  # characters of a hint: anybody may have written it


def hints(request: Request, results: Sequence[CheckResult]) -> tuple[str, ...]:
    """Those for this system, of the chapters that have a failing check, each once."""
    failing = [each.id for each in results if each.status is Status.FAIL and not each.waived]
    system = system_of(request.variables)
    texts = [
        text_for(system, chapter.hints)
        for chapter in _chapters(request)
        if any(id.startswith(f"{chapter.id}.") for id in failing)
    ]
    return tuple(dict.fromkeys(shortened(one_line(text), LONGEST) for text in texts if text))


def _chapters(request: Request) -> list[Chapter]:
    asked = {*request.chapters}
    return [each for each in request.course.chapters if {each.id, "all"} & asked]


def explained(request: Request, results: Sequence[CheckResult]) -> dict[str, str]:
    """The pages of the codes in these results, as `envcheck explain` shows them; some have none."""
    codes = dict.fromkeys(diagnosis.code for result in results for diagnosis in result.diagnoses)
    courses = (request.course, *request.others) if codes else ()
    chapters = _chapters(request) if codes else []
    own = {check for chapter in chapters for check in chapter.own_checks}  # by their text
    examined = [each.check for each in request.planned if each.check not in own]
    return pages.of_codes(codes, courses, examined)
