"""What the checks answered, read from the reports as they were sent: nothing is kept for it beside
them.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from envcheck.printable import one_line
from envcheck_class.checked.record import Answer, Answers
from envcheck_class.store.tables import CLAIMS, MACHINES, REPORTS

MOST = 5_000  # reports that are read, the newest
MOST_CHECKS = 100  # of a report
LARGEST = 262_144  # bytes of a report that is read here: a real one has a fifth of that
LONGEST = 100  # characters of an id or a title
SAYS = {"pass": True, "warn": True, "fail": False, "error": False}


class _Check(Struct):
    id: str
    title: str
    status: str


class _Diagnosis(Struct):
    checks: list[str]
    fixes: list[msgspec.Raw]


class _Target(Struct):
    python: str | None
    version: str | None
    prefix: str | None


class _Course(Struct):
    revision: str


class _Report(Struct):
    envcheck: str
    course: _Course
    target: _Target
    checks: list[_Check]
    diagnoses: list[_Diagnosis]


DECODER = msgspec.json.Decoder(_Report)


def of_class(connection: Connection, class_id: int) -> list[Answers]:
    """The newest reports of a class, the oldest of them first; of each alias those of its first
    machine, since others can send under any.
    """
    firsts = select(func.min(MACHINES.c.id)).where(MACHINES.c.class_id == class_id)
    rows = connection.execute(
        select(REPORTS.c.machine_id, MACHINES.c.alias, REPORTS.c.received, REPORTS.c.body)
        .join(MACHINES, REPORTS.c.machine_id == MACHINES.c.id)
        .where(
            REPORTS.c.class_id == class_id,
            REPORTS.c.machine_id.in_(firsts.group_by(MACHINES.c.alias)),
            func.length(REPORTS.c.body) <= LARGEST,
        )
        .order_by(REPORTS.c.id.desc())
        .limit(MOST),
        execution_options={"yield_per": 20},
    )
    return [_answers(*row) for row in rows][::-1]


def mended(connection: Connection, class_id: int) -> dict[int, list[float]]:
    """When a helper solved something, by machine; seconds since 1970."""
    rows = connection.execute(
        select(CLAIMS.c.machine_id, CLAIMS.c.ended).where(
            CLAIMS.c.class_id == class_id, CLAIMS.c.solved_by.is_not(None)
        )
    )
    moments: dict[int, list[float]] = {}
    for machine_id, ended in rows:
        moments.setdefault(machine_id, []).append(ended)
    return moments


def _answers(machine_id: int, alias: str, received: float, body: bytes) -> Answers:
    report = DECODER.decode(bytes(body))
    target = report.target
    setting = (target.python, target.version, target.prefix, report.envcheck)
    checks = [check for check in report.checks[:MOST_CHECKS] if check.status in SAYS]
    mendable = {*_mendable(report)}
    return Answers(
        machine_id,
        alias,
        received,
        (*(text or "" for text in setting), report.course.revision),
        {_name(check.id): Answer(SAYS[check.status], check.id in mendable) for check in checks},
        {_name(check.id): _name(check.title) for check in checks},
    )


def _mendable(report: _Report) -> Iterator[str]:
    return (id for cause in report.diagnoses if cause.fixes for id in cause.checks)


def _name(text: str) -> str:
    return one_line(text[: 4 * LONGEST])[:LONGEST]
