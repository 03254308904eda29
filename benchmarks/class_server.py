"""A class's server against a handler that reads a report and stores nothing, as ratios.

    python benchmarks/class_server.py                            SQLite, five interleaved rounds
    python benchmarks/class_server.py --database postgresql://USER@HOST/NAME
    python benchmarks/class_server.py --learners 10000           also the page of a large class

Both servers are uvicorn with the same settings, in processes of their own. The client, 32
connections that stay open, shares the machine with them: of the two rates only the ratio is worth
quoting.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import psutil
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

CONNECTIONS = 32
SIZE = 8_000  # bytes of a report
ENVCHECK = (sys.executable, "-m", "envcheck", "class")


@dataclass(frozen=True)
class Round:
    """Reports a second, and seconds under which 99 of 100 answers came."""

    rate: float
    p99: float


def main() -> None:
    asked = _asked()
    if asked.nothing:
        _store_nothing()
        return
    with tempfile.TemporaryDirectory() as folder:
        place = ["--database", asked.database] if asked.database else ["--data", folder]
        name = f"bench-{time.time():.0f}"
        codes = _opened(name, place)
        with _server([*ENVCHECK, "serve", "--port", "0", "--rate", "1000000", *place]) as ours:
            with _server([sys.executable, __file__, "--nothing"]) as theirs:
                _compare(asked, ours[1], theirs[1], codes[0])
            if asked.learners:
                _large(asked.learners, ours, codes)
        subprocess.run([*ENVCHECK, "forget", name, *place], check=True, stdout=subprocess.DEVNULL)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, default=2000, help="in each round")
    parser.add_argument("--database", help="a PostgreSQL, in place of SQLite")
    parser.add_argument("--learners", type=int, default=0, help="also a page of so many")
    parser.add_argument("--nothing", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _store_nothing() -> None:
    async def take(request: Request) -> Response:
        await request.body()
        return Response(b'{"receipt": "00000000", "machine": 1, "hints": []}', 201)

    app = Starlette(routes=[Route("/api/v1/reports", take, methods=["POST"])])
    config = uvicorn.Config(app, http="httptools", log_config=None, access_log=False)
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"at http://127.0.0.1:{listening.getsockname()[1]} ", file=sys.stderr, flush=True)
    uvicorn.Server(config).run(sockets=[listening])


def _opened(name: str, place: Sequence[str]) -> tuple[str, str]:
    """The codes of learners and of the instructor."""
    said = subprocess.run(
        [*ENVCHECK, "open", name, "--chapter", "chapter2", *place],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    learner, instructor = (
        re.search(r"--join \S+/(\w+)", said),
        re.search(r"login with +(\S+)", said),
    )
    assert learner and instructor
    return learner[1], instructor[1]


@contextmanager
def _server(words: Sequence[str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        port = re.search(r"http://127\.0\.0\.1:(\d+)", process.stderr.readline())
        assert port
        try:
            yield process, int(port[1])
        finally:
            process.terminate()


def _compare(asked: argparse.Namespace, ours: int, theirs: int, code: str) -> None:
    ratios, rounds = [], []
    for number in range(asked.rounds + 1):
        sent = [_request(code, f"r{number}-{one}", one) for one in range(asked.reports)]
        both = {
            port: asyncio.run(_send(port, sent))
            for port in ((ours, theirs) if number % 2 else (theirs, ours))
        }
        if number:  # the first warms up
            ratios.append(both[ours].rate / both[theirs].rate)
            rounds.append(both[ours])
    rate, p99 = (
        statistics.median(getattr(one, name) for one in rounds) for name in ("rate", "p99")
    )
    print(
        f"ratio to a handler that stores nothing: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )
    print(
        f"{rate:.0f} reports of {SIZE} bytes a second, p99 {1000 * p99:.0f} ms at {CONNECTIONS} connections"
    )


def _request(code: str, alias: str, number: int, stuck: bool = False) -> bytes:
    body = _report(alias, number, stuck)
    head = (
        "POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {code}\r\nEnvcheck-Key: {number:064x}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _report(alias: str, number: int, stuck: bool) -> bytes:
    """A report of the usual size."""
    check = {
        "title": "A check",
        "seconds": 0.5,
        "required": True,
        "blocked_by": None,
        "skip_reason": None,
    }
    checks = [
        {**check, "id": f"check-{one}", "status": "pass", "summary": "x" * 300, "diagnoses": []}
        for one in range(12)
    ]
    met = {
        "code": f"cause-{number % 20}",
        "severity": "error",
        "summary": "it is not there",
        "note": None,
    }
    whole = {
        "schema": 1,
        "envcheck": "0.1.0",
        "started": "2026-11-28T10:00:00Z",
        "seconds": float(number),
        "course": {"id": "ml", "revision": "1", "title": "ML"},
        "chapters": ["chapter2"],
        "verdict": "not-ready" if stuck else "ready",
        "exit_code": int(stuck),
        "alias": alias,
        "target": {
            "python": "~/p",
            "version": "3.12.4",
            "implementation": "cpython",
            "prefix": "~",
            "base_prefix": "/usr",
            "kind": "venv",
            "bits": 64,
            "located_by": "PATH",
            "os": {"name": "Linux", "version": "12"},
        },
        "checks": checks,
        "diagnoses": [{**met, "evidence": {}, "checks": ["check-1"], "fixes": []}] if stuck else [],
    }
    body = json.dumps(whole)
    return (body[:-1] + ', "filled": "' + "y" * (SIZE - len(body) - 14) + '"}').encode()


async def _send(port: int, sent: Sequence[bytes]) -> Round:
    queue = [*reversed(sent)]
    took: list[float] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while queue:
            began = time.perf_counter()
            writer.write(queue.pop())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 201"), head
            length = re.search(rb"content-length: (\d+)", head)
            assert length
            await reader.readexactly(int(length[1]))
            took.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    seconds = time.perf_counter() - began
    return Round(len(sent) / seconds, sorted(took)[int(0.99 * len(took))])


def _large(learners: int, ours: tuple[subprocess.Popen[str], int], codes: tuple[str, str]) -> None:
    """How long the page of a large class takes, and what the server then holds."""
    import requests

    sent = [_request(codes[0], f"learner{one}", one, one % 3 == 0) for one in range(learners)]
    asyncio.run(_send(ours[1], sent))
    session, url = requests.Session(), f"http://127.0.0.1:{ours[1]}"
    form = urlencode({"code": codes[1], "name": "Ada"})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    session.post(f"{url}/login", form, headers=kind, timeout=60, allow_redirects=False)
    took = []
    for number in range(4):
        asyncio.run(_send(ours[1], [_request(codes[0], "one more", number)]))
        began = time.perf_counter()
        page = session.get(url, timeout=60)
        took.append(time.perf_counter() - began)
        assert page.ok and "ready" in page.text
    held = psutil.Process(ours[0].pid).memory_info().rss / 2**20
    print(
        f"the page of {learners} more learners, {len(page.text) // 1000} kB: {statistics.median(took):.2f} s; the server holds {held:.0f} MiB"
    )


if __name__ == "__main__":
    main()
