"""Reports that could not be sent: kept for 30 days, for nobody but their learner. A clock that is wrong for a
while takes none of them.
"""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from envcheck.errors import UsageProblem
from envcheck.privacy import Scrubber
from envcheck.sending.keys import mark_of
from envcheck.sending.link import place_of
from envcheck.sending.own_folder import OwnFolder
from envcheck.sending.parcel import Parcel, parcel
from envcheck.shape import read_object

DAY = 86_400.0
KEPT_FOR = 30 * DAY  # seconds
MOST = 20  # the oldest go
NAME = re.compile(r"unsent-[0-9A-Z]{8}-[0-9a-f]{32}\.json")
SHAPE = {"origin": str, "code": str, "since": float, "late?": float, "body": str}


@dataclass(frozen=True)
class Unsent:
    """One that waits. Times are in seconds, as time.time has them: `since` when it does, `late` when it was
    first seen to be too old.
    """

    name: str
    since: float
    parcel: Parcel
    late: float | None = None


def keep(folder: OwnFolder, what: Parcel, now: float) -> None:
    """Keep it for another day; one that is there already keeps its age. Raises OSError."""
    name = name_of(what)
    if any(kept.name == name for kept in waiting(folder, now)):
        return
    for kept in [*waiting(folder, now)][: 1 - MOST]:
        folder.remove(kept.name)
    _write(folder, Unsent(name, now, what))


def waiting(folder: OwnFolder, now: float | None = None) -> Iterator[Unsent]:
    """Those that are kept, the oldest first. What cannot be read is removed, and what is too old, and
    was a day ago.
    """
    moment = time.time() if now is None else now
    kept = []
    for name in filter(NAME.fullmatch, folder.names()):
        before = _read(folder, name)
        unsent = before and _at(before, moment)
        if unsent is None:
            folder.remove(name)
            continue
        if unsent != before:
            with suppress(OSError):
                _write(folder, unsent)
        if moment - unsent.since < KEPT_FOR:
            kept.append(unsent)
    yield from sorted(kept, key=lambda unsent: unsent.since)


def _at(unsent: Unsent, moment: float) -> Unsent | None:
    """How it is kept at this moment; None where its time is over. One that waits since a day to come does
    since now: one of both clocks was wrong, and nobody knows which.
    """
    if unsent.since > moment + DAY:
        return replace(unsent, since=moment, late=None)
    if moment - unsent.since < KEPT_FOR:
        return unsent
    if unsent.late is None or unsent.late > moment:
        return replace(unsent, late=moment)
    return None if moment - unsent.late >= DAY else unsent


def forget(folder: OwnFolder, what: Parcel) -> None:
    """It has arrived, or will never be taken."""
    folder.remove(name_of(what))


def name_of(what: Parcel) -> str:
    """The name of its file: another one for another report, class or alias."""
    return f"unsent-{what.receipt}-{mark_of(what.place, what.alias)}.json"


def _write(folder: OwnFolder, unsent: Unsent) -> None:
    place, body = unsent.parcel.place, base64.b64encode(unsent.parcel.body).decode("ascii")
    document = {"origin": place.origin, "code": place.code, "since": unsent.since, "body": body}
    if unsent.late is not None:
        document["late"] = unsent.late
    folder.write(unsent.name, json.dumps(document).encode("ascii"))


def _read(folder: OwnFolder, name: str) -> Unsent | None:
    document = read_object(folder.read(name) or b"", SHAPE)
    if document is None:
        return None
    try:
        body = base64.b64decode(document["body"], validate=True)
        what = parcel(
            place_of(f"{document['origin']}/{document['code']}", "it"), "it", body, Scrubber()
        )
    except (ValueError, UsageProblem):
        return None
    return Unsent(name, document["since"], what, document.get("late"))
