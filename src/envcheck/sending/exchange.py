"""One question to the server, and its answer: bounded in time and size, and followed nowhere else."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from envcheck.sending.link import Place
from envcheck.sending.patience import Bounds, within
from envcheck.sending.trouble import NO_OTHER_WAY, Trouble, of_error
from envcheck.sending.way_out import session_for, shown

if TYPE_CHECKING:
    import requests

LARGEST = 65_536  # bytes of an answer
MOST_REDIRECTS = 3
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Question:
    """`path` begins with a slash; a body makes it a POST, where no method is named. `largest` is in
    bytes of the answer.
    """

    path: str
    headers: Mapping[str, str]
    body: bytes | None = None
    method: str = ""
    largest: int = LARGEST


@dataclass(frozen=True)
class Answer:
    """`retry_after` is in seconds; 0 where the server names no time."""

    status: int
    body: bytes
    retry_after: float = 0.0


class SentInACircle(Trouble):
    """Each answer sent to another place of the same server."""


def ask(
    place: Place, question: Question, variables: Mapping[str, str], seconds: float, bounds: Bounds
) -> Answer:
    """The answer of the server, whatever it is. Raises Trouble where there is none, SentInACircle among
    them.
    """
    session = session_for(place, variables)
    proxy = shown(session.proxies.get("https", ""))
    try:
        timeout = (min(bounds.connect, seconds), seconds)
        return within(seconds, lambda: _asked(session, place, question, timeout))
    except Trouble:
        raise
    except TimeoutError:
        raise Trouble(f"{place.host} did not answer in time", again=True) from None
    except Exception as error:  # noqa: BLE001  # requests, urllib3 and http.client each have their own
        raise of_error(error, place.host, proxy) from None


def _asked(
    session: requests.Session, place: Place, question: Question, timeout: tuple[float, float]
) -> Answer:
    address = place.origin + question.path
    for _ in range(MOST_REDIRECTS + 1):
        with session.request(
            question.method or ("GET" if question.body is None else "POST"),
            address,
            data=question.body,
            headers={"Accept-Encoding": "identity", **question.headers},
            timeout=timeout,
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.status_code not in MOVED:
                return _read(response, question.largest)
            address = _next(place, address, response.headers.get("Location", ""))
    raise SentInACircle(f"{place.host} sends in a circle", NO_OTHER_WAY)


def _next(place: Place, address: str, to: str) -> str:
    """Where the server sends us, if that is the server itself."""
    there = urljoin(address, to)
    parts = urlsplit(there)
    if f"{parts.scheme}://{parts.netloc}" != place.origin:
        raise Trouble(f"{place.host} sends to another server, which is not followed", NO_OTHER_WAY)
    return there


def _read(response: requests.Response, largest: int) -> Answer:
    """Only as much as an answer may have; nothing is unpacked."""
    body = response.raw.read(largest + 1, decode_content=False)
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdecimal() and len(body) < min(int(length[:9]), largest):
        raise ConnectionError("the answer ended before its length")
    return Answer(
        response.status_code, body[: largest + 1], _seconds(response.headers.get("Retry-After"))
    )


def _seconds(text: str | None) -> float:
    """What Retry-After means: a number of seconds, or a date."""
    if not text:
        return 0.0
    if text.strip().isascii() and text.strip().isdecimal():
        return float(text[:9])
    try:
        return max(email.utils.parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0
