"""A large class: how soon its page is there, how soon an open page shows what arrived, and what the
server then holds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

import class_browser
import class_load
import requests
from class_browser import LOOKS, OLD, Visit
from class_reports import is_stuck, request
from class_servers import Codes, Server


@dataclass(frozen=True)
class Large:
    """So many learners, each with so many reports."""

    learners: int
    each: int


def measure(large: Large, server: Server, codes: Codes) -> list[tuple[str, ...]]:
    """Rows as those of the rates."""
    _fill(large, server, codes)
    cookie = _log_in(server, codes)
    visit = Visit(f"http://127.0.0.1:{server.port}/", cookie, codes.learner, large.learners)
    told = f"{large.learners} learners"
    whole = [*_whole(visit)]
    found = [_row(f"the page of {told}, to its last byte", median(whole), whole)]
    seen = class_browser.look(visit)
    if seen is None:
        print("first paint and what is shown live: left out, no Chromium here", file=sys.stderr)
    else:
        paints = seen.painted
        shown = seen.shown
        found += [
            _row(f"the page of {told}, first painted", median(paints), paints),
            _row(
                f"a new report shown after its 201, {visit.meanwhile} others a second",
                median(shown),
                shown,
            ),
        ]
    reports = large.learners * large.each
    held = server.memory
    return [
        *found,
        (
            f"memory of the server at {reports} reports",
            f"{held:.0f} MiB",
            "",
            "<= 150 MiB at 100000",
            "" if reports < 100_000 else ("yes" if held <= 150 else "NO"),
        ),
    ]


def _fill(large: Large, server: Server, codes: Codes) -> None:
    for turn in range(large.each):
        class_load.send(
            [server.port],
            [
                request(codes.learner, f"learner{one}", one, turn, stuck=is_stuck(one))
                for one in range(large.learners)
            ],
        )
        print(f"large class: {turn + 1} reports of each are there", file=sys.stderr, flush=True)


def _log_in(server: Server, codes: Codes) -> str:
    form = urlencode({"code": codes.instructor, "name": "Ada"})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"http://127.0.0.1:{server.port}/login"
    answer = requests.post(url, form, headers=kind, timeout=60, allow_redirects=False)
    return answer.headers["set-cookie"].partition(";")[0]


def _whole(visit: Visit) -> Iterator[float]:
    """Seconds to the last byte, when something has just arrived that no look has seen."""
    for turn in range(LOOKS):
        time.sleep(OLD)
        visit.send_again(turn)
        began = time.perf_counter()
        page = requests.get(visit.address, headers={"Cookie": visit.cookie}, timeout=60)
        yield time.perf_counter() - began
        assert page.ok and " ready" in page.text


def _row(what: str, middle: float, all_of: Sequence[float]) -> tuple[str, ...]:
    return (
        what,
        f"{middle:.2f} s",
        f"{min(all_of):.2f} to {max(all_of):.2f}",
        "<= 1 s",
        "yes" if middle <= 1 else "NO",
    )
