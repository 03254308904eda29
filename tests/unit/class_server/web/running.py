"""A real server, in a thread of this process, and a learner who sends to it."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import uvicorn
from sqlalchemy import select, union_all
from tests.unit.class_server.made import body, open_class

from envcheck.classroom.message import Catalogue
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class.store import deleting
from envcheck_class.store.classes import Codes
from envcheck_class.store.database import Database
from envcheck_class.store.tables import CLASSES, REPORTS
from envcheck_class.web import serving
from envcheck_class.web.desk import Limits
from envcheck_class.web.serving import Served

KEY = "ab" * 32


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The code of the error."""
        return str(self.json["error"]["code"])

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Running:
    """A server with a class that is open."""

    port: int
    codes: Codes
    database: Database

    def ask(
        self,
        method: str,
        path: str,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, data, dict(headers or {}))
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def send(self, data: bytes | None = None, **headers: str | None) -> Answer:
        """A report, as a learner's envcheck sends it; headers may be changed or left out."""
        usual: dict[str, str | None] = {
            "Authorization": f"Bearer {self.codes.learner}",
            "Content-Type": "application/json",
            "Envcheck-Key": KEY,
        }
        changed = {**usual, **{k.replace("_", "-"): v for k, v in headers.items()}}
        kept = {name: value for name, value in changed.items() if value is not None}
        return self.ask("POST", "/api/v1/reports", body() if data is None else data, kept)


class Browser:
    """Somebody's browser, without JavaScript: it keeps cookies and sends the forms that it was
    given.
    """

    def __init__(self, server: Running) -> None:
        self.server, self.cookie = server, ""

    def get(self, path: str) -> Answer:
        return self.server.ask("GET", path, headers={"Cookie": self.cookie})

    def post(self, path: str, **fields: str) -> Answer:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        got = self.server.ask("POST", path, urlencode(fields).encode(), headers)
        if "set-cookie" in got.headers:
            self.cookie = got.headers["set-cookie"].partition(";")[0]
        return got

    def log_in(self, code: str, name: str = "") -> Answer:
        return self.post("/login", code=code, name=name)

    def submit(self, path: str, **fields: str) -> Answer:
        """A form of the class's page, with the token that stands in it."""
        found = re.search(r'name="csrf" value="(\w+)"', self.get("/").text)
        assert found is not None
        return self.post(path, csrf=found[1], **fields)


@contextmanager
def running(database: Database, limits: Limits | None = None, **more: Any) -> Iterator[Running]:
    """A server until the end of the block, and a class that is opened now."""
    codes = open_class(database, **{"now": time.time(), **more})
    with served(database, codes, limits) as one:
        yield one


@contextmanager
def served(database: Database, codes: Codes, limits: Limits | None = None) -> Iterator[Running]:
    """A server for a class that is open."""
    served = Served(port=0, limits=limits or Limits())
    listening = serving.listen(served)
    server = uvicorn.Server(
        serving.config(serving.desk_of(database, served, Catalogue([COURSE])), served)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Running(listening.getsockname()[1], codes, database)
        _nothing_is_old(database)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _nothing_is_old(database: Database) -> None:
    """A server deletes what is too old, a minute after its start: a test on a slow machine would not
    see it any more.
    """
    with database.reading() as connection:
        times = connection.execute(union_all(select(CLASSES.c.opened), select(REPORTS.c.received)))
        oldest = min(times.scalars(), default=time.time())
    assert time.time() - oldest < deleting.DAY, f"a running server deletes what is of {oldest}"
