"""Looks at classes: each is made once for everybody who asks meanwhile, in a thread, and so is what
pages are made of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import anyio.to_thread
from sqlalchemy import Connection

from envcheck.classroom.message import Catalogue
from envcheck_class.store import claims, classes, unreachable
from envcheck_class.store.changes import Version
from envcheck_class.store.classes import Class
from envcheck_class.web import view
from envcheck_class.web.slots import NOTHING, Slots, brought_up
from envcheck_class.web.view import Seen

GOOD = 10.0  # seconds for which a look is shown where nothing changed: it says how long ago
MOST = 20  # classes that are kept to be looked at again


@dataclass(frozen=True)
class Look:
    """A class as it was at a version. `at` is when it was looked at, by the steady clock."""

    of: Class
    slots: Slots
    seen: Seen
    at: float
    _made: dict[str, asyncio.Future[Any]] = field(default_factory=dict)

    @property
    def version(self) -> Version:
        return self.slots.version

    async def once(self, what: str, make: Callable[[], Any]) -> Any:
        """What `make` makes of it in a thread, the first time that it is asked for, and
        again where it failed.
        """
        made = self._made.get(what)
        if made is None or (made.done() and (made.cancelled() or made.exception())):
            made = self._made[what] = asyncio.ensure_future(anyio.to_thread.run_sync(make))
        return await asyncio.shield(made)


Reading = Callable[[Callable[[Connection], Look]], Awaitable[Look]]


class Looks:
    """The newest look at each class."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: dict[int, Look] = {}
        self._looking = asyncio.Lock()  # one at a time

    async def at(self, of: Class, version: Version, reading: Reading) -> Look:
        """One that shows at least this version. Who waits for another's look shares the next."""
        async with self._looking:
            kept = self._kept.pop(of.id, None)
            try:
                if kept is None or not _is_good(kept, version):
                    before = kept
                    kept = await reading(
                        lambda connection: _look(connection, of, before, self._catalogue)
                    )
            finally:
                if kept is not None:
                    self._kept[of.id] = kept
            while len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]
            return kept


def _is_good(look: Look, version: Version) -> bool:
    return look.version.covers(version) and time.monotonic() - look.at < GOOD


def _look(connection: Connection, of: Class, before: Look | None, catalogue: Catalogue) -> Look:
    at = time.monotonic()
    slots = brought_up(connection, of.id, before.slots if before else NOTHING)
    newest = classes.numbered(connection, of.id) or of
    claimed = claims.of_class(connection, of.id)
    asked = unreachable.of_class(connection, of.id)
    seen = view.see(slots.machines, asked, claimed, newest, time.time(), catalogue)
    return Look(newest, slots, seen, at)
