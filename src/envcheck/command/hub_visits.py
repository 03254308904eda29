"""The visits of `envcheck hub`: made, kept as they end, and shown together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TextIO

from envcheck.command import terminal
from envcheck.command.hub_asked import Wanted
from envcheck.command.hub_kept import Kept
from envcheck.hub import data, text
from envcheck.hub.fetching import Fetching
from envcheck.hub.rounds import Rounds, exit_code
from envcheck.hub.servers import Servers
from envcheck.hub.visit import Asked, Visit, visitor
from envcheck.printable import for_a_log, one_line
from envcheck.run.report import INTERRUPTED
from envcheck.run.workplace import throw_away


def visited(
    wanted: Wanted, names: Sequence[str], servers: Servers, version: str, kept: Kept, out: TextIO
) -> int:
    """Visit these users, show what came of it, and return the exit code. Raises NotWritten."""
    start, visits = time.monotonic(), list[Visit]()
    asked = Asked(wanted.words, wanted.timeout, wanted.starting)
    with throw_away() as (folder, processes):
        fetching = Fetching(folder, processes, servers.hub.variables)
        visit = visitor(servers, version, asked, fetching).visit
        rounds = Rounds(names, wanted.jobs, visit, servers.halt)
        while not _collected(rounds, visits, kept, len(names)):
            if servers.halt.is_set():  # the second Ctrl-C
                break
            terminal.tell("stopping what was started; Ctrl-C once more leaves it as it is")
            servers.halt.set()
    if servers.ours:
        left = one_line(", ".join(sorted(servers.ours)))
        terminal.tell(f"started here, and may still run: the servers of {left}")
    about = text.About(servers.hub.address.host, version, wanted.chapters, wanted.jobs)
    seconds = time.monotonic() - start
    if wanted.format_ == "json":
        out.write(data.render(visits, about, seconds))
    else:
        out.write(for_a_log(text.render(visits, about, seconds, terminal.width())))
    out.flush()
    return INTERRUPTED if servers.halt.is_set() else exit_code(visits)


def _collected(rounds: Rounds, visits: list[Visit], kept: Kept, count: int) -> bool:
    """Whether all visits have ended; false where somebody has pressed Ctrl-C."""
    try:
        for visit in rounds:
            visits.append(visit)
            state = visit.state.value if visit.state else visit.reason
            terminal.tell(f"{len(visits)} of {count}: {one_line(visit.user)}: {state}")
            kept.keep(visit)
    except KeyboardInterrupt:
        return False
    return True
