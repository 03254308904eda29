"""envcheck in a user's server: it goes there, runs, and nothing of it stays."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import envcheck
from envcheck import foreign_file
from envcheck.hub import kernel as kernels
from envcheck.hub.api import Hub
from envcheck.hub.host import SHAPE, host_of
from envcheck.hub.kernel import Kernel
from envcheck.hub.payload import Payload
from envcheck.hub.servers import Servers
from envcheck.printable import one_line, shortened
from envcheck.sending.patience import Bounds, patiently
from envcheck.sending.trouble import Trouble
from envcheck.shape import fits

SOURCE = "in_server.py"
SEEN: Mapping[str, Any] = {"python": str, "version": str, "host?": SHAPE}
ENDED = {"over": bool, "code?": int, "report": str, "words": str}
FIRST = 60.0  # seconds in which a kernel answers, the first time too
UNPACKING = 120.0  # seconds beyond envcheck's own limit
BETWEEN = 1.0  # seconds
LONGEST = 200  # characters of a reason
ENDINGS = 3  # each waits for 15 seconds
PATIENCE = Bounds(answer=FIRST, whole=120.0, pause=1.0)  # while the hub or its proxy starts again


@dataclass(frozen=True)
class Errand:
    """What is to be run there: envcheck's words, without the Python; `seconds` is its own limit."""

    words: Sequence[str]
    seconds: float
    payload: Payload


def run(hub: Hub, servers: Servers, path: str, errand: Errand) -> bytes:
    """The report, from the server at `path`. Raises Trouble and Halted."""
    with _kernel(hub, path) as kernel:
        _told(kernel, _source())
        looked = _asked(kernel, "look()")
        if not fits(looked, SEEN):
            raise Trouble("the kernel does not answer what it is asked")
        if looked["host"] is None:
            raise Trouble(
                f"the server has no Python 3.10 or newer for envcheck itself; its kernel is {looked['version']}"
            )
        host = host_of(looked["host"])
        words = [*errand.words, "--python", looked["python"]]
        name = f"envcheck-{secrets.token_hex(8)}"
        try:
            begin = f"begin({name!r}, {_source()!r}, {host.path!r}, {words!r})"
            _told(kernel, f"kept = globals().get('kept') or {begin}")
            for number, part in enumerate(errand.payload.parts(host)):
                servers.wait(0)
                _asked(kernel, f"add(kept, {number}, {part!r})")
            _asked(kernel, "go(kept)")
            return _report(kernel, servers, errand.seconds + UNPACKING)
        finally:
            _put_away(kernel)


def _put_away(kernel: Kernel) -> None:
    """The folder there goes; asked again where that takes long, as thousands of files do."""
    with suppress(Trouble):
        for _ in range(ENDINGS):
            if kernel.ask("end(globals().get('kept'))", FIRST).get("gone"):
                return


def _report(kernel: Kernel, servers: Servers, seconds: float) -> bytes:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ended = _asked(kernel, "seen(kept)")
        if not fits(ended, ENDED):
            raise Trouble("the kernel does not answer what it is asked")
        if ended["over"] and ended["report"]:
            return str(ended["report"]).encode("utf-8", "replace")
        if ended["over"]:
            words = shortened(one_line(ended["words"]), LONGEST)
            raise Trouble(f"envcheck gave no report: {words or 'it said nothing'}")
        servers.wait(BETWEEN)
    raise Trouble(f"envcheck did not end in {seconds:.0f} s")


def _asked(kernel: Kernel, code: str) -> dict[str, Any]:
    """What it answers, which may be asked for again where the connection breaks off."""
    return patiently(PATIENCE, lambda seconds: kernel.ask(code, seconds), kernel.hub.waiting)


def _told(kernel: Kernel, cell: str) -> None:
    patiently(PATIENCE, lambda seconds: kernel.run(cell, seconds), kernel.hub.waiting)


def _source() -> str:
    return foreign_file.content(Path(envcheck.__file__).with_name("hub") / SOURCE).decode("utf-8")


@contextmanager
def _kernel(hub: Hub, path: str) -> Iterator[Kernel]:
    kernel = kernels.begin(hub, path)
    try:
        yield kernel
    finally:
        with suppress(Trouble):
            kernel.end()
