"""Classes and reports for the tests of a class with a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.unit.engine.classroom.class_reports import STUCK, document

from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class import tokens
from envcheck_class.checked.arriving import Checked, check
from envcheck_class.store import classes
from envcheck_class.store.arrivals import Arrival
from envcheck_class.store.classes import Codes, Opening
from envcheck_class.store.database import Database

CHAPTER = "chapter2"


def body(alias: str | None = "fox", *, stuck: bool = False, **changed: Any) -> bytes:
    """A report's bytes."""
    value = {**STUCK, **changed} if stuck else document(**changed)
    value["course"] = {**value["course"], "id": COURSE.id}
    return json.dumps({**value, "alias": alias}).encode()


def spoiled(data: bytes, text: str) -> bytes:
    """A report with this text in every field in which a class takes it, whatever the field is."""
    report = json.loads(data)
    report["chapters"].append(text)
    report["target"] |= dict.fromkeys(("python", "kind", "prefix", "located_by"), text)
    for holder, key in _texts(report):
        before = holder[key]
        holder[key] = text
        if not isinstance(check(json.dumps(report).encode(), CHAPTER), Checked):
            holder[key] = before
    return json.dumps(report).encode()


def _texts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Where each text of a JSON value stands."""
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in [*rows]:
        if isinstance(inner, str):
            yield value, key
        elif isinstance(inner, dict | list):
            yield from _texts(inner)


def arrival(
    alias: str = "fox",
    key: str = "a",
    received: float = 1000.0,
    *,
    class_id: int = 1,
    stuck: bool = False,
    **changed: Any,
) -> Arrival:
    """A report as it is kept; other seconds make it another one."""
    found = check(body(alias, stuck=stuck, **changed), CHAPTER)
    assert isinstance(found, Checked), found
    key_hash = tokens.hashed(key) if key else ""
    return Arrival(
        class_id, alias, key_hash, received, found.digest, found.ready, found.brief, found.body
    )


def open_class(place: Database, name: str = "monday", **more: Any) -> Codes:
    """A class of that name, opened at 0."""
    opening = Opening(name, CHAPTER, "ML for Software Engineers", **{"now": 0.0, **more})
    with place.writing() as connection:
        return classes.open_class(connection, opening)
