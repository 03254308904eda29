"""Whether a connection of the pool is still there: PostgreSQL may have been started again since it
was used. It is asked after a pause only: to ask before every batch costs a turn there and back.
"""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.exc import InvalidatePoolError

PAUSE = 1.0  # seconds
USED = "used"  # when it was, in the pool's notes about a connection


def ask_after_a_pause(engine: Engine) -> None:
    """Those that are gone are replaced before anybody has one."""

    def note(_driver: Any, record: Any) -> None:
        record.info[USED] = time.monotonic()

    def ask(driver: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info[USED] <= PAUSE:
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None  # the pool makes all of them anew

    sqlalchemy.event.listen(engine, "connect", note)
    sqlalchemy.event.listen(engine, "checkin", note)
    sqlalchemy.event.listen(engine, "checkout", ask)
