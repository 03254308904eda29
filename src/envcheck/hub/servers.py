"""A user's server: started where it is not running, and stopped again."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from envcheck.hub.api import Hub, quoted
from envcheck.printable import one_line, shortened
from envcheck.sending.trouble import Trouble
from envcheck.shape import fits, read_object

SERVER = {"ready": bool, "pending?": str, "url": str}
USER: Mapping[str, Any] = {"servers?": {str: {}}}
EVENT = {"failed?": bool, "message?": str}
LONGEST = 200  # characters of a reason
STOPPING = 60.0  # seconds
PAUSE = 1.0
MOST_TRIES = 2


class Halted(Exception):
    """Somebody has interrupted the visit."""


@dataclass(frozen=True)
class Started:
    """A server that is ready. `seconds` is how long that took; None where it ran before."""

    path: str
    seconds: float | None


@dataclass
class Servers:
    """The servers of a hub. `halt` is set when all is to end; `ours` are the users whose servers were
    started here, and may run.
    """

    hub: Hub
    halt: threading.Event
    ours: set[str] = field(default_factory=set)

    def state(self, user: str) -> dict[str, Any] | None:
        """The server as the hub sees it; None where there is none. Raises Trouble."""
        value = self.hub.read(self._user(user), USER)
        servers = value["servers"]
        if servers is None:
            raise Trouble("the token may not see whether the server runs")
        server = servers.get("")
        return server if fits(server, SERVER) else None

    def ready(self, user: str, seconds: float) -> Started:
        """Wait until it is ready, and start it where it is not; from then on it is among `ours`.
        Raises Trouble and Halted.
        """
        start, tries, begun = time.monotonic(), 0, 0.0
        while True:
            state = self.state(user)
            if state and state["ready"] and not state["pending"]:
                return Started(state["url"], time.monotonic() - begun if tries else None)
            if not (state and state["pending"]):
                if tries:
                    self._refuse_what_failed(user, again=tries < MOST_TRIES)
                begun = time.monotonic()
                tries += self._begin(user)
            left = seconds - (time.monotonic() - start)
            if left <= 0:
                raise Trouble(_late(tries > 0, seconds))
            self.wait(min(PAUSE, left))

    def _begin(self, user: str) -> int:
        """Ask the hub to start it; 1 where that may have been heard. Raises Trouble."""
        self.ours.add(user)
        try:
            answer = self.hub.once("POST", f"{self._user(user)}/server")
        except Trouble as trouble:
            if not trouble.again:
                raise
            return 1  # the hub may have heard it before it went away: what has become of it is seen next
        # 500 may be said of one that is still starting (jupyterhub 6.1.1: InvalidStateError).
        if answer.status in (201, 202, 500):
            return 1
        self.ours.discard(user)
        if answer.status == 429:
            self.wait(max(answer.retry_after, PAUSE))
        elif answer.status != 400 or not self.state(user):  # else somebody has just started it
            raise self.hub.refusal(answer)
        return 0

    def stop(self, user: str) -> str:
        """Stop it where it is ours; why it may still run, empty where it does not."""
        if user not in self.ours:
            return ""
        end = time.monotonic() + STOPPING
        reason = "it did not stop in time"
        while time.monotonic() < end:
            try:
                answer = self.hub.answer("DELETE", f"{self._user(user)}/server")
                if answer.status == 204 or (answer.status == 404 and not self.state(user)):
                    self.ours.discard(user)
                    return ""
                if answer.status != 202:  # 400 while it is still starting
                    reason = self.hub.refusal(answer).fact
            except Trouble as trouble:
                reason = trouble.fact
            threading.Event().wait(PAUSE)
        return reason

    def wait(self, seconds: float) -> None:
        """Raises Halted."""
        if self.halt.wait(seconds):
            raise Halted

    def _refuse_what_failed(self, user: str, *, again: bool) -> None:
        """Raises Trouble with what the hub tells of a start that has failed. A hub that was itself
        started meanwhile knows nothing of it: then it may be tried again.
        """
        answer = self.hub.answer("GET", f"{self._user(user)}/server/progress")
        lines = answer.body.decode("utf-8", "replace").splitlines()
        events = (read_object(line.partition(":")[2], EVENT) for line in lines if ":" in line)
        failed = [event["message"] or "" for event in events if event and event.get("failed")]
        words = shortened(one_line(failed[-1]), LONGEST) if failed else ""
        if words or not again:
            raise Trouble(
                f"the server did not start: {words}" if words else "the server did not start"
            )

    def _user(self, user: str) -> str:
        return f"{self.hub.address.api}/users/{quoted(user)}"


def _late(asked: bool, seconds: float) -> str:
    if asked:
        return f"the server was not ready after {seconds:.0f} s"
    return f"the hub lets no more servers start (429), and did not for {seconds:.0f} s"
