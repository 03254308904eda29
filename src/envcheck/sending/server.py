"""What the server of a class is asked, and what its answers mean. Everything that it says is a
stranger's word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from envcheck.printable import one_line, shortened, without_commands
from envcheck.sending.exchange import LARGEST, Answer, Question, ask
from envcheck.sending.link import Place
from envcheck.sending.patience import Bounds, patiently
from envcheck.sending.trouble import (
    AS_A_FILE,
    ASK,
    NO_OTHER_WAY,
    STRANGER,
    TOO_MANY,
    Trouble,
)
from envcheck.shape import read_object

ABOUT = {"name": str, "chapter": str, "course": str, "deletes_after_days": int}
KEPT = {"receipt": str, "machine": int, "hints": [{"text": str}]}
REFUSED = {"error": {"code?": str, "message": str}}
LONGEST = 120  # characters of a name or a sentence of the server's
MOST_HINTS = 5
FIRST_LOOK = 5.0  # seconds for all tries to learn which class it is


@dataclass(frozen=True)
class Class:
    """What the server says of itself."""

    name: str
    chapter: str
    days: int


@dataclass(frozen=True)
class Kept:
    """A report that arrived. `machine` is the number of this machine among those of the alias."""

    receipt: str
    machine: int
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Server:
    """The server of a class. `waiting` is told why a try is made again."""

    place: Place
    variables: Mapping[str, str]
    bounds: Bounds
    waiting: Callable[[str], None]

    def about(self) -> Class:
        """Which class it is. Raises Trouble."""
        question = Question("/api/v1/class", self._headers())
        bounds = replace(self.bounds, whole=min(self.bounds.whole, FIRST_LOOK))
        answer = read_object(self._answer(question, bounds, (200,)).body, ABOUT)
        if answer is None:
            raise self._stranger()
        return Class(plain(answer["name"]), plain(answer["chapter"]), answer["deletes_after_days"])

    def send(self, body: bytes, key: str, receipt: str) -> Kept:
        """Hand in these bytes; the receipt that comes back must be theirs. Raises Trouble."""
        more = {"Content-Type": "application/json", "Envcheck-Key": key}
        question = Question("/api/v1/reports", {**self._headers(), **more}, body)
        answer = read_object(self._answer(question, self.bounds, (200, 201)).body, KEPT)
        if answer is None:
            raise self._stranger()
        if answer["receipt"] != receipt:
            raise Trouble(f"{self.place.host} gives the receipt of another report", NO_OTHER_WAY)
        hints = [hint["text"] for hint in answer["hints"]]
        return Kept(receipt, answer["machine"], tuple(hints[:MOST_HINTS]))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.place.code}", "Accept": "application/json"}

    def _answer(self, question: Question, bounds: Bounds, wanted: tuple[int, ...]) -> Answer:
        def attempt(seconds: float) -> Answer:
            answer = ask(self.place, question, self.variables, seconds, bounds)
            if answer.status not in wanted:
                self._refuse(answer)
            if len(answer.body) > LARGEST:
                raise self._stranger()
            return answer

        return patiently(bounds, attempt, self.waiting)

    def _refuse(self, answer: Answer) -> NoReturn:
        host, status = self.place.host, answer.status
        if status in (408, 429, 500, 502, 503, 504):
            raise Trouble(f"{host} is busy or away ({status})", again=True, wait=answer.retry_after)
        refusal = read_object(answer.body, REFUSED)
        if refusal is None:
            raise self._stranger()
        if status == 401:
            raise Trouble(f"{host} knows no class of this link", ASK, keep=False)
        if status == 410:
            raise Trouble("the class is closed, and takes no more reports", AS_A_FILE, keep=False)
        if status == 413:
            raise Trouble("the report is larger than the class takes", AS_A_FILE, keep=False)
        if refusal["error"].get("code") == "too-many-machines":
            many = f"{host} has reports of too many machines under your alias"
            raise Trouble(many, TOO_MANY, only_this=True)
        words = plain(refusal["error"]["message"])
        raise Trouble(f"{host} does not take the report: {words}", AS_A_FILE, keep=False)

    def _stranger(self) -> Trouble:
        return Trouble(f"what answers at {self.place.host} is no class of envcheck", STRANGER)


def plain(text: str) -> str:
    """A few words of the server's on one line, which steer nothing."""
    return shortened(without_commands(one_line(text)), LONGEST)
