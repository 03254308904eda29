"""Everything that is kept of a class, or of one learner in it, as a zip that `envcheck class show`
and `envcheck class import` read.
"""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timezone
from typing import IO, Any

from sqlalchemy import ColumnElement, Connection, select, true

from envcheck.classroom.handed_in import receipt
from envcheck.classroom.unreachable import document_of
from envcheck.classroom.zips import KEPT
from envcheck_class.store import hints, reading, unreachable, whose
from envcheck_class.store.classes import Class
from envcheck_class.store.tables import CLAIMS, MACHINES
from envcheck_class.store.whose import Whose


def write(connection: Connection, of: Class, alias: str | None, out: IO[bytes]) -> int:
    """Write the zip, and return how many reports are in it. `alias` is that of one learner, all of
    whose aliases are then in it.
    """
    theirs = None if alias is None else whose.called(connection, of, alias)
    aliases = None if theirs is None else theirs.aliases
    rows = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, report in enumerate(
            reading.of_class(connection, of.id, aliases, oldest_first=True), 1
        ):
            name = f"reports/{number:06}-{receipt(report.body)}.json"
            archive.writestr(name, report.body)
            rows.append(
                {
                    "file": name,
                    "alias": report.alias,
                    "machine": report.machine,
                    "received": _when(report.received),
                }
            )
        _write_records(archive, connection, of, theirs)
        about = {**_about(connection, of, theirs), "reports": rows}
        archive.writestr(KEPT, json.dumps(about, indent=1, ensure_ascii=False))
    return len(rows)


def _write_records(
    archive: zipfile.ZipFile, connection: Connection, of: Class, theirs: Whose | None
) -> None:
    """The machines that gave no report, as files of the kind that `envcheck class import` takes."""
    kept = [
        row
        for row in unreachable.of_class(connection, of.id)
        if theirs is None or row.record.alias in theirs.aliases
    ]
    for number, row in enumerate(kept, 1):
        text = json.dumps(document_of(row.record), indent=1, ensure_ascii=False)
        archive.writestr(f"unreachable/{number:06}.json", text + "\n")


def _about(connection: Connection, of: Class, theirs: Whose | None) -> dict[str, Any]:
    return {
        "schema": 1,
        "class": of.name,
        "chapter": of.chapter,
        "course": of.course,
        "opened": _when(of.opened),
        "closed": _when(of.closed),
        "kept_for_days": of.keeps_days,
        "roster": _roster(of, theirs),
        "machines": _machines(connection, of, theirs),
        "help": _help(connection, of, theirs),
        "hints": [
            {"code": hint.code, "text": hint.text, "sent": _when(hint.sent)}
            for hint in hints.of_class(connection, of.id)
        ],
    }


def _roster(of: Class, theirs: Whose | None) -> list[dict[str, Any]] | list[str] | None:
    """Everybody's name; of one learner all that the roster has of them."""
    if of.roster is None:
        return None
    if theirs is None:
        return [learner.name for learner in of.roster]
    learner = theirs.learner
    return [{"name": learner.name, "called": sorted(learner.ids)}] if learner else []


def _machines(connection: Connection, of: Class, theirs: Whose | None) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(MACHINES.c.alias, MACHINES.c.number, MACHINES.c.key_hash)
        .where(MACHINES.c.class_id == of.id, _is(theirs))
        .order_by(MACHINES.c.id)
    )
    return [{"alias": row.alias, "machine": row.number, "key_hash": row.key_hash} for row in rows]


def _is(theirs: Whose | None) -> ColumnElement[bool]:
    return true() if theirs is None else MACHINES.c.alias.in_(theirs.aliases)


def _help(connection: Connection, of: Class, theirs: Whose | None) -> list[dict[str, Any]]:
    claims = connection.execute(
        select(MACHINES.c.alias, MACHINES.c.number, *CLAIMS.c)
        .join(MACHINES, MACHINES.c.id == CLAIMS.c.machine_id)
        .where(CLAIMS.c.class_id == of.id, _is(theirs))
        .order_by(CLAIMS.c.id)
    )
    return [
        {
            "alias": row.alias,
            "machine": row.number,
            "helper": row.helper,
            "from": _when(row.taken),
            "until": _when(row.ended),
            "solved_by": row.solved_by,
        }
        for row in claims
    ]


def _when(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
