"""The server: where it listens, and what must be so before it does."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

import uvicorn
from starlette.routing import Route

from envcheck.classroom.message import Catalogue
from envcheck.errors import UsageProblem
from envcheck_class.store.database import Database
from envcheck_class.web import app
from envcheck_class.web.deadlines import Deadlines
from envcheck_class.web.desk import Desk, Front, Limits
from envcheck_class.web.patience import SILENT, Patient

LOOPBACK = ("127.0.0.1", "::1", "localhost")
TURN = 0.0005  # seconds after which a thread that works lets another on
COLLECTS = (50_000, 20, 20)  # objects, then rounds, after which is collected
FILES = 8192  # connections that may be open at once, where the system lets us


@dataclass(frozen=True)
class Served:
    """Where to listen, and behind what. `url` is how people reach it; empty for as they come."""

    host: str = "127.0.0.1"
    port: int = 8765
    certfile: str | None = None
    keyfile: str | None = None
    behind_proxy: bool = False
    url: str = ""
    limits: Limits = field(default_factory=Limits)

    @property
    def scheme(self) -> str:
        """What people type: `https` with a certificate or behind a proxy, else `http`."""
        return "https" if self.certfile or self.behind_proxy else "http"


def serve(
    database: Database, served: Served, catalogue: Catalogue, say: Callable[[str], None]
) -> None:
    """Answer until it is interrupted. Raises UsageProblem."""
    check(served)
    listening = listen(served)
    _more_connections()
    sys.setswitchinterval(TURN)
    collect_seldom()
    try:
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        say(
            f"Classes are served at {served.url or f'{served.scheme}://{shown}:{port}'} - stop with Ctrl-C."
        )
        desk = desk_of(database, served, catalogue)
        uvicorn.Server(config(desk, served)).run(sockets=[listening])
    finally:
        listening.close()


def desk_of(database: Database, served: Served, catalogue: Catalogue) -> Desk:
    """The desk of this server: its database, its limits, how it is seen."""
    front = Front(served.url, secure=served.scheme == "https", proxied=served.behind_proxy)
    return Desk(database, served.limits, front, catalogue)


def check(served: Served) -> None:
    """Raises UsageProblem where reports and codes would travel unencrypted."""
    if served.host not in LOOPBACK and not served.certfile and not served.behind_proxy:
        raise UsageProblem(
            f"--host {served.host} is seen by others: add --certfile and --keyfile, or --behind-proxy where a "
            "proxy on this machine or in its network speaks https for it"
        )
    if served.certfile:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
                served.certfile, served.keyfile
            )
        except (OSError, ValueError) as error:
            raise UsageProblem(f"--certfile {served.certfile} cannot be used: {error}") from None


def listen(served: Served) -> socket.socket:
    """A socket that listens there. Raises UsageProblem."""
    family = socket.AF_INET6 if ":" in served.host else socket.AF_INET
    try:
        return socket.create_server((served.host, served.port), family=family, backlog=1024)
    except OSError as error:
        raise UsageProblem(
            f"nothing can be served at {served.host}, port {served.port}: {error.strerror}. "
            "Another --port may be free"
        ) from None


def config(desk: Desk, served: Served, doors: Sequence[Route] = ()) -> uvicorn.Config:
    """uvicorn's, with `doors` besides the usual addresses: no log of requests, so that none holds an address or a code."""
    return uvicorn.Config(
        app.make(desk, doors),
        http=cast("type[asyncio.Protocol]", partial(Patient, Deadlines(SILENT))),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        ssl_certfile=served.certfile,
        ssl_keyfile=served.keyfile,
    )


def collect_seldom() -> None:
    """Look for cycles seldom, and never among what is there from the start: everybody waits while a
    class of thousands is looked through, and what is held of one has no cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTS)


def _more_connections() -> None:
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
