"""What a visit to a user's server gave: a report, or the reason why there is none."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from envcheck.classroom.handed_in import Handed, read
from envcheck.classroom.standing import Measure, State, state_of
from envcheck.hub.alias import alias_of
from envcheck.hub.entry import entered
from envcheck.hub.errand import Errand, run
from envcheck.hub.fetching import Fetching
from envcheck.hub.payload import Payload
from envcheck.hub.servers import Halted, Servers
from envcheck.run.crashes import own_fault
from envcheck.sending.trouble import Trouble

INTERRUPTED = "it was interrupted"
SPARE = 600.0  # seconds that a token lives beyond what the run may take


@dataclass(frozen=True)
class Visit:
    """`ready` is the seconds until the server was ready, None where it ran before or never was;
    `running` why a server of ours may still run, empty where it does not.
    """

    user: str
    body: bytes = b""
    report: Handed | None = None
    reason: str = ""
    ready: float | None = None
    seconds: float = 0.0
    running: str = ""

    @property
    def state(self) -> State | None:
        """Where the user stands; None without a report."""
        if self.report is None:
            return None
        now = datetime.now(timezone.utc)
        return state_of(self.report, Measure(self.report.revision, now))


@dataclass(frozen=True)
class Asked:
    """What is run in each server: envcheck's words and its own limit, in seconds, beside those that
    the server has to be ready.
    """

    words: Sequence[str]
    seconds: float
    starting: float


@dataclass(frozen=True)
class Visitor:
    """How visits are made: `version` is the hub's, `starting` the seconds that a server may take."""

    servers: Servers
    version: str
    errand: Errand
    starting: float

    def visit(self, user: str) -> Visit:
        """Start the server, run envcheck there, stop it where it was not running. Raises nothing."""
        start = time.monotonic()
        made = Visit(user)
        try:
            made = self._made(user)
        except Trouble as trouble:
            made = Visit(user, reason=trouble.fact)
        except Halted:
            made = Visit(user, reason=INTERRUPTED)
        except Exception as error:  # noqa: BLE001  # a fault of ours takes nobody else's report away
            made = Visit(user, reason=f"envcheck: {own_fault(error)}")
        running = self.servers.stop(user)
        return replace(made, seconds=time.monotonic() - start, running=running)

    def _made(self, user: str) -> Visit:
        ready = self.servers.ready(user, self.starting)
        hub = self.servers.hub
        errand = replace(self.errand, words=[*self.errand.words, f"--as={alias_of(user)}"])
        try:
            with entered(hub, self.version, user, self.errand.seconds + SPARE) as inside:
                body = run(inside, self.servers, ready.path, errand)
        except Trouble as trouble:
            return Visit(user, reason=trouble.fact, ready=ready.seconds)
        report = read(user, body)
        if not isinstance(report, Handed):
            return Visit(
                user, reason=f"what came is no report: {report.reason}", ready=ready.seconds
            )
        return Visit(user, body, report, ready=ready.seconds)


def visitor(servers: Servers, version: str, asked: Asked, fetching: Fetching) -> Visitor:
    """Who makes the visits to the servers of a hub of that version."""
    errand = Errand(asked.words, asked.seconds, Payload(fetching))
    return Visitor(servers, version, errand, asked.starting)
