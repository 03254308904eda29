"""One learner under every name that came for them, and nothing of theirs is left where it is to be gone."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timezone

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck.classroom.roster import Learner, letters
from envcheck.classroom.unreachable import Unreachable
from envcheck_class.store import (
    arrivals,
    claims,
    classes,
    deleting,
    exporting,
    hints,
    sessions,
    unreachable,
    whose,
)
from envcheck_class.store.database import Database
from envcheck_class.store.tables import TABLES

FOX = Learner("Reinhard Fuchs", frozenset({"fox", "rf@x.org"}), letters("Reinhard Fuchs"))
OWL = Learner("Olga Eule", frozenset({"owl"}), letters("Olga Eule"))
# How one learner comes: as their alias, in other letters, as an address, as a name turned round.
SPELLED = ("fox", "FOX", "rf@X.org", "Fuchs, Reinhard")
OF_FOX = re.compile(r"reinhard|fuchs|\bfox\b|rf@x|fox-said", re.IGNORECASE)


@pytest.fixture
def full(kept: Database) -> Database:
    """A class in which every table has something of the fox."""
    open_class(kept, roster=[FOX, OWL])
    said = [arrival(alias, alias, 0.0, summary=f"fox-said-{alias}") for alias in SPELLED]
    with kept.writing() as connection:
        arrivals.keep(connection, [*said, arrival("owl", "o", 0.0)])
        asked = datetime.fromtimestamp(0, timezone.utc)
        records = [Unreachable("", name, asked, "away") for name in ("Fox", "owl")]
        unreachable.put(connection, 1, records, 0.0)
        for machine in range(1, len(SPELLED) + 1):
            assert claims.take(connection, 1, machine, "Ada", 0.0)
            assert claims.end(connection, 1, machine, 0.0, "fox-said-thanks")
        hints.send(connection, 1, hints.Hint("pip-old", "look at line 3", 0.0))
        sessions.start(connection, 1, classes.HELPER, "Ada", 0.0)
    return kept


def dump(place: Database) -> dict[str, str]:
    """All that is in each table, as text."""
    with place.reading() as connection:
        return {
            table.name: " ".join(
                value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                for row in connection.execute(table.select())
                for value in row
            )
            for table in TABLES.tables.values()
        }


def test_every_table_has_something_to_delete(full: Database) -> None:
    """A new one is put to those that these tests fill."""
    assert all(dump(full).values())


@pytest.mark.parametrize("asked", [*SPELLED, "Fox", "Reinhard Fuchs"])
def test_whichever_name_is_asked_for_all_of_theirs_goes(full: Database, asked: str) -> None:
    with full.writing() as connection:
        deleting.alias(connection, 1, asked)
    left = dump(full)
    assert not [table for table, text in left.items() if OF_FOX.search(text)]
    assert "Olga Eule" in left["classes"] and "owl" in left["machines"] + left["unreachable"]


@pytest.mark.parametrize("asked", ["fox", "Fuchs, Reinhard"])
def test_an_export_of_one_learner_has_all_of_it(full: Database, asked: str) -> None:
    out = io.BytesIO()
    with full.reading() as connection:
        of = classes.named(connection, "monday")
        assert exporting.write(connection, of, asked, out) == len(SPELLED)
    with zipfile.ZipFile(out) as archive:
        whole = b"".join(map(archive.read, archive.namelist())).decode()
    assert all(f"fox-said-{alias}" in whole for alias in SPELLED)
    assert whole.count("fox-said-thanks") == len(SPELLED)
    assert "unreachable/000001.json" in archive.namelist()
    assert "owl" not in whole and "Olga" not in whole


def test_who_is_on_the_roster_alone_can_be_forgotten(kept: Database) -> None:
    open_class(kept, roster=[FOX, OWL])
    with kept.writing() as connection:
        assert deleting.alias(connection, 1, "fox") == 1
        assert deleting.alias(connection, 1, "fox") == 0
        assert classes.named(connection, "monday").roster == (OWL,)


def test_without_a_roster_another_spelling_is_named_and_stays(kept: Database) -> None:
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival("fox"), arrival("FOX", "b"), arrival("owl", "c")])
        of = classes.named(connection, "monday")
        assert whose.called(connection, of, "fox") == whose.Whose(None, ("fox",), ("FOX",))
        assert deleting.alias(connection, 1, "fox") == 1


@pytest.mark.parametrize("closed", [None, 1.0])
def test_in_time_all_goes_by_itself(full: Database, closed: float | None) -> None:
    """The roster too, of a class that nobody closes."""
    with full.writing() as connection:
        if closed is not None:
            classes.close(connection, 1, closed)
        deleting.overdue(connection, 400 * deleting.DAY)
    left = dump(full)
    assert not [table for table, text in left.items() if OF_FOX.search(text) or "Olga" in text]
    assert "Ada" not in "".join(left.values())


def test_a_roster_stays_as_long_as_reports_arrive(kept: Database) -> None:
    open_class(kept, roster=[FOX])
    with kept.writing() as connection:
        deleting.overdue(connection, 59 * deleting.DAY)
        arrivals.keep(connection, [arrival(received=59 * deleting.DAY)])
        deleting.overdue(connection, 118 * deleting.DAY)
        assert classes.named(connection, "monday").roster == (FOX,)
        deleting.overdue(connection, 120 * deleting.DAY)
        assert classes.named(connection, "monday").roster is None
