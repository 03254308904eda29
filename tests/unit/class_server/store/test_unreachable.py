"""Machines of a lab room that gave no report, in a class with a server."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

from tests.unit.class_server.made import arrival, body, open_class

from envcheck.classroom.message import Catalogue
from envcheck.classroom.standing import State
from envcheck.classroom.unreachable import Unreachable, document_of
from envcheck_class.store import classes, deleting, exporting, importing, unreachable
from envcheck_class.store.arrivals import keep
from envcheck_class.store.classes import Class
from envcheck_class.store.database import Database
from envcheck_class.web import view
from envcheck_class.web.slots import NOTHING, brought_up
from envcheck_class.web.view import Seen


def record(alias: str, asked: float, reason: str = "Connection refused") -> Unreachable:
    return Unreachable("", alias, datetime.fromtimestamp(asked, timezone.utc), reason)


def put(place: Database, now: float, *records: Unreachable) -> int:
    with place.writing() as connection:
        return unreachable.put(connection, 1, records, now)


def monday(place: Database) -> Class:
    with place.reading() as connection:
        return classes.named(connection, "monday")


def look(place: Database) -> Seen:
    with place.reading() as connection:
        slots = brought_up(connection, 1, NOTHING)
        asked = unreachable.of_class(connection, 1)
        return view.see(slots.machines, asked, [], monday(place), 3000.0)


def states(place: Database) -> dict[str, State]:
    return {person.name: person.state for person in look(place).overview.people}


def test_the_newest_record_of_each_machine_is_kept(kept: Database) -> None:
    open_class(kept)
    assert put(kept, 10.0, record("pc1", 5.0), record("pc2", 5.0)) == 2
    assert put(kept, 20.0, record("pc1", 15.0, "No route to host"), record("pc2", 4.0)) == 1
    with kept.reading() as connection:
        reasons = [row.record.reason for row in unreachable.of_class(connection, 1)]
    assert reasons == ["No route to host", "Connection refused"]
    about = view.content(look(kept), monday(kept), Catalogue([]), 3000.0)["unreachable"]
    assert [row["name"] for row in about["rows"]] == ["pc1", "pc2"]


def test_a_report_that_comes_later_makes_it_old_whatever_the_clocks_say(kept: Database) -> None:
    """A lab machine's clock may be years behind."""
    open_class(kept)
    put(kept, 1500.0, record("fox", 1400.0))
    assert states(kept) == {"fox": State.UNREACHABLE}
    with kept.writing() as connection:
        keep(connection, [arrival(received=2000.0, started="1970-01-01T00:00:01Z")])
    assert states(kept) == {"fox": State.READY}
    put(kept, 2500.0, record("fox", 2400.0))
    assert states(kept) == {"fox": State.UNREACHABLE}


def test_it_goes_with_its_learner_its_time_and_its_class(kept: Database) -> None:
    open_class(kept, keeps_days=1)
    put(kept, 1000.0, record("fox", 1.0), record("owl", 1.0))
    with kept.writing() as connection:
        assert deleting.alias(connection, 1, "fox") == 1
    assert [*states(kept)] == ["owl"]
    with kept.writing() as connection:
        deleting.overdue(connection, 1000.0 + 2 * deleting.DAY)
    assert states(kept) == {}


def test_a_folder_is_imported_and_exported_again(kept: Database, tmp_path: Path) -> None:
    """Reports and records lie side by side, as the role of the Ansible collection writes them."""
    open_class(kept)
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "pc1.json").write_bytes(body("pc1"))
    gone = document_of(record("pc2", 2000.0))
    (folder / "pc2.unreachable.json").write_text(json.dumps(gone), encoding="utf-8")
    assert imported(kept, [str(folder)]) == (1, 1)
    assert imported(kept, [str(folder)]) == (0, 0)
    assert states(kept) == {"pc2": State.UNREACHABLE, "pc1": State.READY}
    out = io.BytesIO()
    with kept.reading() as connection:
        assert exporting.write(connection, monday(kept), None, out) == 1
    with zipfile.ZipFile(out) as archive:
        assert json.loads(archive.read("unreachable/000001.json")) == gone


def imported(place: Database, folders: Sequence[str]) -> tuple[int, int]:
    done = importing.put(place, monday(place), folders, 2600.0)
    assert done.refused == []
    return done.new, done.records
