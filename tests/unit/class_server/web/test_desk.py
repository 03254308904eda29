from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from tests.unit.class_server.made import open_class

from envcheck.classroom.message import Catalogue
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class.store.database import Database
from envcheck_class.web import desk
from envcheck_class.web.desk import Desk, Front, Limits


def at(place: Database) -> Desk:
    return Desk(place, Limits(), Front(), Catalogue([COURSE]))


def counted(monkeypatch: pytest.MonkeyPatch, look_up: Callable[..., Any]) -> list[str]:
    """The codes that are looked up in the database from now on, by `look_up`."""
    asked: list[str] = []

    def noting(connection: Connection, code: str) -> Any:
        asked.append(code)
        return look_up(connection, code)

    monkeypatch.setattr(desk, "_look_up", noting)
    return asked


def test_all_who_send_at_once_look_their_class_up_once(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = open_class(kept).learner
    asked = counted(monkeypatch, desk._look_up)

    async def joined() -> list[str]:
        own = at(kept)
        opened = await asyncio.gather(*(own.joined(code) for _ in range(32)))
        return [each[0].name for each in opened if each is not None]

    assert asyncio.run(joined()) == ["monday"] * 32
    assert asked == [code]


def test_one_who_does_not_wait_keeps_no_other_from_the_answer(kept: Database) -> None:
    code = open_class(kept).learner

    async def joined() -> str:
        own = at(kept)
        impatient, patient = (asyncio.ensure_future(own.joined(code)) for _ in range(2))
        await asyncio.sleep(0)
        impatient.cancel()
        opened = await patient
        return opened[0].name if opened else ""

    assert asyncio.run(joined()) == "monday"


def test_a_database_that_was_away_is_asked_again(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody who asked is told, and nothing of it is remembered."""
    code, look_up = open_class(kept).learner, desk._look_up

    def away(_connection: Connection, _code: str) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    async def joined() -> bool:
        own = at(kept)
        counted(monkeypatch, away)
        asked = [own.joined(code) for _ in range(3)]
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(each) for each in told] == [OperationalError] * 3
        counted(monkeypatch, look_up)
        return await own.joined(code) is not None

    assert asyncio.run(joined())
