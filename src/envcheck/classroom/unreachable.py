"""A machine that gave no report, as the one who asked it wrote down: no report of its own, and none
that was made up for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from envcheck.classroom.handed_in import SCHEMA, Handed, Unreadable, read
from envcheck.classroom.when import text_of, time_of
from envcheck.printable import one_line, shortened
from envcheck.shape import fits, read_value

KIND = "unreachable"
SHAPE: Mapping[str, Any] = {"schema": int, "record": str, "alias": str, "at": str, "reason": str}
LONGEST = 300  # characters of a reason that are shown
LONGEST_NAME = 64
LARGEST_RECORD = 20_000  # bytes


@dataclass(frozen=True)
class Unreachable:
    """`at` is when it was asked, by the clock of the one who asked; `reason` is theirs."""

    place: str
    alias: str
    at: datetime
    reason: str


Content = Handed | Unreadable | Unreachable


def read_any(place: str, data: bytes) -> Content:
    """The report in these bytes, or the record that there is none."""
    document = read_value(data) if len(data) <= LARGEST_RECORD else None
    if not isinstance(document, dict) or document.get("record") != KIND:
        return read(place, data)
    broken = Unreadable(place, "a record of which parts are missing or changed")
    return record_in(place, document) or broken


def record_in(place: str, document: Mapping[str, Any]) -> Unreachable | None:
    """The record that this JSON is; None where parts of it are missing."""
    if not fits(document, SHAPE) or document["schema"] != SCHEMA:
        return None
    alias = one_line(document["alias"])[:LONGEST_NAME]
    try:
        at = time_of(document["at"])
    except ValueError:
        return None
    reason = shortened(one_line(document["reason"]), LONGEST)
    return Unreachable(place, alias, at, reason) if alias else None


def document_of(record: Unreachable) -> dict[str, Any]:
    """The JSON value that is read as this record."""
    return {
        "schema": SCHEMA,
        "record": KIND,
        "alias": record.alias,
        "at": text_of(record.at),
        "reason": record.reason,
    }


def newer(record: Unreachable, other: Unreachable | None) -> Unreachable:
    """The one that was written last of two about the same machine."""
    return record if other is None or record.at > other.at else other
