"""How many reports a second each server takes, round by round beside a handler that stores nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import class_load
from class_load import CONNECTIONS
from class_reports import request
from class_servers import Server, database_seconds
from comparing import table

NOTHING = "stores nothing"


@dataclass(frozen=True)
class Contender:
    """One or two server processes of a class. `goal` says whether a ratio is enough."""

    servers: Sequence[Server]
    code: str = ""
    goal: str = ""


@dataclass(frozen=True)
class Taken:
    """A round of one contender; processor milliseconds for each report of its server processes
    and of the database.
    """

    rate: float
    p99: float
    server_ms: float
    database_ms: float


Rounds = Sequence[Mapping[str, Taken]]


def measure(
    who: Mapping[str, Contender], rounds: int, reports: int, connections: int = CONNECTIONS
) -> Rounds:
    """So many interleaved rounds, of which each turns the order by one; one before them warms up."""
    found = []
    for number in range(rounds + 1):
        names = [*who]
        turn = number % len(names)
        found.append(
            {
                name: _once(who[name], f"{name}-{number}-{time.time():.0f}", reports, connections)
                for name in (*names[turn:], *names[:turn])
            }
        )
        print(f"rates: round {number} of {rounds}", file=sys.stderr, flush=True)
    return found[1:]


def _once(one: Contender, alias: str, reports: int, connections: int) -> Taken:
    alias = alias.replace(" ", "-").replace(",", "")
    sent = [request(one.code, f"{alias}-{number}", number) for number in range(reports)]
    before = sum(server.seconds for server in one.servers), database_seconds()
    got = class_load.send([server.port for server in one.servers], sent, connections)
    after = sum(server.seconds for server in one.servers), database_seconds()
    server_ms, database_ms = (
        1000 * (new - old) / reports for new, old in zip(after, before, strict=True)
    )
    return Taken(got.rate, got.p99, server_ms, database_ms)


def rows(
    found: Rounds, who: Mapping[str, Contender], connections: int = CONNECTIONS
) -> list[tuple[str, ...]]:
    """What the issue of speed asks: what, found, min to max, goal, met."""
    ours = [name for name in who if name != NOTHING]
    ratios = {name: [one[name].rate / one[NOTHING].rate for one in found] for name in ours}
    made = []
    for name in ours:
        low, high = min(ratios[name]), max(ratios[name])
        goal = who[name].goal
        least = median(ratios[goal]) if goal in ratios else float(goal)
        wanted = f"> {goal}" if goal in ratios else f">= {goal}"
        made.append(
            (
                f"reports a second at {connections} connections, {name} / {NOTHING}",
                f"{median(ratios[name]):.2f}",
                f"{low:.2f} to {high:.2f}",
                wanted,
                "yes" if median(ratios[name]) >= least else "NO",
            )
        )
    for name in who:
        p99 = [1000 * one[name].p99 for one in found]
        asked = connections == CONNECTIONS and name != NOTHING
        goal = "<= 100 ms" if asked else ""
        met = "" if not asked else ("yes" if median(p99) <= 100 else "NO")
        made.append(
            (
                f"99 of 100 answers at {connections} connections, {name}",
                f"{median(p99):.0f} ms",
                f"{min(p99):.0f} to {max(p99):.0f}",
                goal,
                met,
            )
        )
    return made


def figures(found: Rounds, who: Mapping[str, Contender], connections: int = CONNECTIONS) -> str:
    """What is behind the ratios; it belongs to this machine and its load."""

    def middle(name: str, of: Callable[[Taken], float]) -> float:
        return median(of(one[name]) for one in found)

    return table(
        (
            f"server, {connections} connections",
            "reports a second",
            "its processor ms a report",
            "the database's",
        ),
        [
            (
                name,
                f"{middle(name, lambda one: one.rate):.0f}",
                f"{middle(name, lambda one: one.server_ms):.2f}",
                f"{middle(name, lambda one: one.database_ms):.2f}",
            )
            for name in who
        ],
        markdown=False,
    )
