"""A report as the class's page needs it: of the same shape, a tenth of the size, and no text in it
longer than a line. The whole one is kept beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

import msgspec

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.standing import DONE, borne_out, is_complete, is_open
from envcheck.printable import one_line, shortened
from envcheck_class.checked.contract import Check, Diagnosis, Report, Selection

LONGEST = 300  # characters of a sentence
LONGEST_NAME = 100  # characters of an id, a code, a version
MOST = 100  # checks and causes
COMMON = 1_000  # texts that are not looked through again; the longest has 4 * LONGEST characters


def brief(report: Report) -> dict[str, Any]:
    """The brief of a report, a JSON value."""
    cited = {id for cause in report.diagnoses for id in cause.checks}
    # Of many that were asked for and proved, and that no cause names, one says all.
    noted = [
        check
        for check in report.checks
        if check.status != "pass" or check.id in cited or not check.selected
    ]
    proved = _first_proved(report)
    skeleton = _skeleton(report, [*noted, *proved])
    return {
        "envcheck": _name(report.envcheck),
        "started": report.started,
        **_about(report),
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "checks": [_check(check) for check in [*_told(noted, cited)[:MOST], *proved]],
        "diagnoses": [_diagnosis(cause) for cause in report.diagnoses[:MOST]],
        "selection": {"complete": is_complete(Handed("", "", skeleton))},
        "interrupted": report.interrupted,
        "alias": alias_of(report),
        "state": borne_out(skeleton).value,
    }


def _about(report: Report) -> dict[str, Any]:
    """What it is about: which chapters, and which Python."""
    course, target = report.course, report.target
    return {
        "course": {
            "id": _name(course.id),
            "revision": _name(course.revision),
            "title": _line(course.title),
        },
        "chapters": [_name(chapter) for chapter in report.chapters[:MOST]],
        "target": {
            "python": _line(target.python or ""),
            "version": _name(target.version or ""),
            "os": {"name": _name(target.os.name), "version": _name(target.os.version)},
        },
    }


def document_of(brief: bytes) -> Mapping[str, Any]:
    """The report, in the shape of a whole one, from the bytes of what `brief` made."""
    read: Mapping[str, Any] = msgspec.json.decode(brief)
    return read


def is_ready(brief: Mapping[str, Any]) -> bool:
    """Whether all of the chapter was proved; how old the report is does not matter here."""
    return brief["state"] in DONE


def alias_of(report: Report) -> str:
    """The name that the learner chose; empty where none was that can be read."""
    return one_line(report.alias or "")


def _first_proved(report: Report) -> Sequence[Check]:
    """The first check that is required and was proved; none where there is none."""
    proved = (check for check in report.checks if check.status == "pass" and check.required)
    return [*islice(proved, 1)]


def _skeleton(report: Report, deciding: Sequence[Check]) -> dict[str, Any]:
    """What the whole report bears out is told of this: a part that is shown may lack what decides."""
    selection = report.selection
    return {
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "interrupted": report.interrupted,
        "checks": [_bare(check) for check in deciding if check.required],
        "diagnoses": [
            {"severity": cause.severity, "checks": cause.checks} for cause in report.diagnoses
        ],
        "selection": (
            {"complete": selection.complete} if isinstance(selection, Selection) else None
        ),
    }


def _told(noted: Sequence[Check], cited: Collection[str]) -> Sequence[Check]:
    """The checks of which something is told, and those that are required and met a cause."""
    return [
        check
        for check in noted
        if check.status in ("fail", "error", "warn")
        or (check.required and (check.id in cited or is_open(_bare(check))))
    ]


def _bare(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "required": check.required,
        "status": check.status,
        "selected": check.selected,
        "blocked_by": check.blocked_by,
        "skip_reason": check.skip_reason,
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "id": _name(check.id),
        "title": _line(check.title),
        "status": check.status,
        "summary": _line(check.summary),
        "required": check.required,
        **({"skip_reason": _line(check.skip_reason)} if check.skip_reason else {}),
        **({"blocked_by": _name(check.blocked_by)} if check.blocked_by else {}),
    }


def _diagnosis(cause: Diagnosis) -> dict[str, Any]:
    return {
        "code": _name(cause.code),
        "severity": cause.severity,
        "summary": _line(cause.summary),
        "evidence": {},
        "checks": [_name(check) for check in cause.checks[:MOST]],
        "fixes": [],
    }


def _line(text: str) -> str:
    return _plain_line(text[: 4 * LONGEST])


def _name(text: str) -> str:
    return _plain_name(text[: 4 * LONGEST_NAME])


# Nearly all that reports name is the same in all of a class.
@lru_cache(maxsize=COMMON)
def _plain_line(text: str) -> str:
    return shortened(one_line(text), LONGEST)


@lru_cache(maxsize=COMMON)
def _plain_name(text: str) -> str:
    return one_line(text)[:LONGEST_NAME]
