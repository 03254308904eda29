"""The servers that are compared: a class on SQLite, one on a PostgreSQL of its own, and a handler
that reads a report as JSON and stores nothing. Each is uvicorn with the same settings, in a process of its own.
"""

from __future__ import annotations

import json
import re
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
ENVCHECK = (sys.executable, "-m", "envcheck", "class")
NAME = "bench"
FAST = "1000000"  # reports a second that the class may send: its own limit is not what is measured


@dataclass(frozen=True)
class Server:
    """A process that listens at a port of this machine."""

    process: psutil.Process
    port: int

    @property
    def seconds(self) -> float:
        """Processor time until now."""
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    @property
    def memory(self) -> float:
        """MiB that it holds."""
        return float(self.process.memory_info().rss / 2**20)


@dataclass(frozen=True)
class Codes:
    """Of learners and of the instructor."""

    learner: str
    instructor: str


def open_class(place: Sequence[str]) -> Codes:
    """A class that is opened by the command."""
    said = subprocess.run(
        [*ENVCHECK, "open", NAME, "--chapter", "chapter2", *place],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    learner = re.search(r"--join \S+/(\w+)", said)
    instructor = re.search(r"login with +(\S+)", said)
    assert learner and instructor, said
    return Codes(learner[1], instructor[1])


@contextmanager
def serving(place: Sequence[str]) -> Iterator[Server]:
    """`envcheck class serve` of the classes that are kept there."""
    with _listening([*ENVCHECK, "serve", "--port", "0", "--rate", FAST, *place]) as server:
        yield server


@contextmanager
def storing_nothing() -> Iterator[Server]:
    """The handler that all are compared with."""
    with _listening([sys.executable, __file__]) as server:
        yield server


@contextmanager
def _listening(words: Sequence[str]) -> Iterator[Server]:
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert port, line + process.stderr.read()
        try:
            yield Server(psutil.Process(process.pid), int(port[1]))
        finally:
            process.terminate()


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL that is started for this and removed after it, by what the tests
    have for that; empty where none is installed.
    """
    sys.path.insert(0, str(ROOT))
    from tests.unit.class_server import class_databases

    if class_databases.programs() is None:
        yield ""
        return
    folder = Path(tempfile.gettempdir(), f"pg-{secrets.token_hex(4)}")  # a socket's path is short
    with class_databases.postgresql(folder) as address:
        yield address


def database_seconds() -> float:
    """Processor time of every PostgreSQL process that this benchmark has started, until now."""
    total = 0.0
    for one in psutil.Process().children(recursive=True):
        try:
            if one.name().startswith("postgres"):
                total += sum(one.cpu_times()[:4])  # with those that have ended
        except psutil.NoSuchProcess:
            continue
    return total


def _store_nothing() -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def take(request: Request) -> Response:
        json.loads(await request.body())
        return Response(b'{"receipt": "00000000", "machine": 1, "hints": []}', 201)

    app = Starlette(routes=[Route("/api/v1/reports", take, methods=["POST"])])
    config = uvicorn.Config(app, http="httptools", log_config=None, access_log=False)
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as the class's server does
    print(f"at http://127.0.0.1:{listening.getsockname()[1]} ", file=sys.stderr, flush=True)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    _store_nothing()
