"""What the class's page tells of a report, in as little memory as that takes: a server holds this
for every machine of a class. It has the shape of a report, so that what says where a learner stands
says the same of it; what many reports have alike is held once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Raw, Struct

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.standing import PROVED, first_failing, first_open

COMMON = 2_000  # bytes of what is held once where many have it
MOST_CHECKS = 8  # that a cause names here


class _Brief(Struct):
    """What `envcheck_class.checked.brief` wrote."""

    envcheck: str
    started: str
    course: Raw
    chapters: Raw
    verdict: str
    target: Raw
    checks: list[Raw]
    diagnoses: list[Raw]
    selection: Raw
    alias: str
    interrupted: bool = False  # this and what follows: briefs from before have neither
    state: str = ""


DECODER = msgspec.json.Decoder(_Brief)


def told(place: str, receipt: str, brief: bytes, machine: int) -> Handed:
    """The report that this is the brief of."""
    read = DECODER.decode(brief)
    document: dict[str, Any] = {
        "envcheck": read.envcheck,
        "started": read.started,
        "course": _part(read.course),
        "chapters": _part(read.chapters),
        "verdict": read.verdict,
        "target": _part(read.target),
        "checks": [_part(check) for check in read.checks],
        "diagnoses": [_part(cause) for cause in read.diagnoses],
        "selection": _part(read.selection),
        "interrupted": read.interrupted,
        "alias": read.alias,
    }
    return Handed(place, receipt, _shortened(document), machine, read.state)


def _part(raw: Raw) -> Any:
    data = bytes(raw)
    return _common(data) if len(data) <= COMMON else msgspec.json.decode(data)


@lru_cache(maxsize=2048)
def _common(data: bytes) -> Any:
    return msgspec.json.decode(data)


def _shortened(document: dict[str, Any]) -> Mapping[str, Any]:
    """Without the checks that nothing is told of: who stands where, and why, is the same."""
    checks: Sequence[Mapping[str, Any]] = document["checks"]
    required = {check["id"] for check in checks if check["required"]}
    causes = [_cause(cause, required) for cause in document["diagnoses"]]
    cited = {id for cause in causes for id in cause["checks"]} & required
    report = Handed("", "", document)
    shown = (first_failing(report), first_open(report))
    proved = next(
        (check for check in checks if check["required"] and check["status"] in PROVED), None
    )
    kept = [check for check in checks if check in (*shown, proved) or check["id"] in cited]
    return {**document, "checks": kept, "diagnoses": causes}


def _cause(cause: Mapping[str, Any], required: set[str]) -> Mapping[str, Any]:
    if len(cause["checks"]) <= MOST_CHECKS:
        return cause
    shown = sorted(cause["checks"], key=lambda id: id not in required)
    return {**cause, "checks": shown[:MOST_CHECKS]}
