"""Reports that could not be sent: kept for 30 days, for nobody but their learner."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

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
SHAPE = {"origin": str, "code": str, "since": float, "body": str}


@dataclass(frozen=True)
class Unsent:
    """One that waits: `since` is in seconds, as time.time has them."""

    name: str
    since: float
    parcel: Parcel


def keep(folder: OwnFolder, what: Parcel, now: float) -> None:
    """Keep it for another day; one that is there already keeps its age. Raises OSError."""
    name = name_of(what)
    if any(kept.name == name for kept in waiting(folder, now)):
        return
    for kept in [*waiting(folder, now)][: 1 - MOST]:
        folder.remove(kept.name)
    body = base64.b64encode(what.body).decode("ascii")
    place = what.place
    document = {"origin": place.origin, "code": place.code, "since": now, "body": body}
    folder.write(name, json.dumps(document).encode("ascii"))


def waiting(folder: OwnFolder, now: float | None = None) -> Iterator[Unsent]:
    """Those that are kept, the oldest first. What is too old, or cannot be read, is removed."""
    moment = time.time() if now is None else now
    kept = []
    for name in filter(NAME.fullmatch, folder.names()):
        unsent = _read(folder, name)
        if unsent is None or not -DAY < moment - unsent.since < KEPT_FOR:
            folder.remove(name)
        else:
            kept.append(unsent)
    yield from sorted(kept, key=lambda unsent: unsent.since)


def forget(folder: OwnFolder, what: Parcel) -> None:
    """It has arrived, or will never be taken."""
    folder.remove(name_of(what))


def name_of(what: Parcel) -> str:
    """The name of its file: another one for another report, class or alias."""
    return f"unsent-{what.receipt}-{mark_of(what.place, what.alias)}.json"


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
    return Unsent(name, document["since"], what)
