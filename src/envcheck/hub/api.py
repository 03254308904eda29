"""What a hub is asked, and what its answers mean. Everything that it says is a stranger's word."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

from envcheck.hub.address import Address
from envcheck.sending.exchange import Answer, Question, SentInACircle, ask
from envcheck.sending.patience import Bounds, patiently
from envcheck.sending.server import plain
from envcheck.sending.trouble import Trouble
from envcheck.shape import read_object

LARGEST = 8_000_000  # bytes of an answer
ANSWER = 30.0  # seconds
MESSAGE = {"message": str}
AWAY = (502, 503, 504)  # what a proxy says while the hub behind it starts again
# What the hub says in a server's place, to which its proxy has no way yet or has lost it for a moment: to a POST this,
# to a GET the way back to the server (jupyterhub 6.1.1: UserUrlHandler)
NO_WAY = 424


@dataclass(frozen=True)
class Hub:
    """A hub, or a user's server behind it. `waiting` is told why a try is made again."""

    address: Address
    token: str = field(repr=False)
    variables: Mapping[str, str] = field(repr=False)
    bounds: Bounds = field(default_factory=lambda: Bounds(answer=ANSWER, whole=120.0, pause=1.0))
    waiting: Callable[[str], None] = lambda why: None

    def answer(self, method: str, path: str, body: object = None) -> Answer:
        """The answer, whatever it is; a hub that is away for a while is waited for. Raises Trouble."""
        attempt = partial(self.once, method, path, body)
        return patiently(self.bounds, attempt, self.waiting)

    def once(self, method: str, path: str, body: object = None, seconds: float = ANSWER) -> Answer:
        """The answer of one try. Raises Trouble, also where a proxy says that the hub is away, or that
        the server is.
        """
        question = Question(
            path, self._headers(), self._sent(method, body), method, largest=LARGEST
        )
        try:
            answer = ask(self.address.place, question, self.variables, seconds, self.bounds)
        except SentInACircle as circle:
            raise Trouble(self._no_way(circle.fact), again=True) from None
        if answer.status == NO_WAY:
            raise Trouble(self._no_way(self.refusal(answer).fact), again=True)
        if answer.status in AWAY:
            reason = f"{self.address.host} is away ({answer.status})"
            raise Trouble(reason, again=True, wait=answer.retry_after)
        return answer

    def read(self, path: str, shape: Mapping[str, Any]) -> dict[str, Any]:
        """The object that is there. Raises Trouble."""
        answer = self.answer("GET", path)
        if answer.status != 200:
            raise self.refusal(answer)
        return self.value(answer, shape)

    def value(self, answer: Answer, shape: Mapping[str, Any]) -> dict[str, Any]:
        """What an answer holds. Raises Trouble where it holds something else."""
        held = read_object(answer.body, shape)
        if held is None:
            raise Trouble(f"{self.address.host} answers what no JupyterHub does")
        return held

    def refusal(self, answer: Answer) -> Trouble:
        """Why nothing came, in its own words where it has any."""
        told = read_object(answer.body, MESSAGE)
        words = plain(told["message"]) if told else ""
        if answer.status in (401, 403):
            reason = f"the token may not do this ({answer.status})"
        else:
            reason = f"{self.address.host} says {answer.status}"
        return Trouble(f"{reason}: {words}" if words else reason)

    @staticmethod
    def _no_way(fact: str) -> str:
        return f"the hub's proxy has no way to the server: {fact}"

    def _headers(self) -> dict[str, str]:
        accept = "application/jupyterhub-pagination+json, application/json"
        return {
            "Authorization": f"token {self.token}",
            "Accept": accept,
            "Content-Type": "application/json",
        }

    @staticmethod
    def _sent(method: str, body: object) -> bytes | None:
        if body is not None:
            return json.dumps(body).encode("ascii")
        return b"" if method == "POST" else None


def quoted(name: str) -> str:
    """A user's name as a part of a path."""
    return quote(name, safe="")
