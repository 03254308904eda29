"""A user's server: started where it is not running, and stopped again."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
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
    """The servers of a hub. `halt` is set when all is to end."""

    hub: Hub
    halt: threading.Event

    def state(self, user: str) -> dict[str, Any] | None:
        """The server as the hub sees it; None where there is none. Raises Trouble."""
        value = self.hub.read(self._user(user), USER)
        servers = value["servers"]
        if servers is None:
            raise Trouble("the token may not see whether the server runs")
        server = servers.get("")
        return server if fits(server, SERVER) else None

    def ready(self, user: str, seconds: float, begun: list[str]) -> Started:
        """Wait until it is ready, and start it where it is not; whoever is in `begun` then has a
        server of ours. Raises Trouble and Halted.
        """
        start, asked = time.monotonic(), 0
        while True:
            state = self.state(user)
            if state and state["ready"] and not state["pending"]:
                return Started(state["url"], time.monotonic() - start if asked else None)
            if not (state and state["pending"]):
                if asked:
                    self._refuse_what_failed(user, again=asked < MOST_TRIES)
                asked += self._begin(user, begun)
            left = seconds - (time.monotonic() - start)
            if left <= 0:
                raise Trouble(_late(asked > 0, seconds))
            self.wait(min(PAUSE, left))

    def _begin(self, user: str, begun: list[str]) -> int:
        """Ask the hub to start it; 1 where that was heard. Raises Trouble."""
        answer = self.hub.answer("POST", f"{self._user(user)}/server")
        if answer.status == 429:
            self.wait(max(answer.retry_after, PAUSE))
            return 0
        if answer.status == 400 and self.state(user):
            return 0  # somebody else has just started it
        # 500 may be said of one that is still starting (jupyterhub 6.1.1: InvalidStateError): what has
        # become of it is seen next.
        if answer.status not in (201, 202, 500):
            raise self.hub.refusal(answer)
        begun.append(user)
        return 1

    def stop(self, user: str) -> str:
        """Stop it; why it may still run, empty where it has ended."""
        end = time.monotonic() + STOPPING
        reason = "it did not stop in time"
        while time.monotonic() < end:
            try:
                answer = self.hub.answer("DELETE", f"{self._user(user)}/server")
                if answer.status == 204 or (answer.status == 404 and not self.state(user)):
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
