"""`envcheck hub`: users of a JupyterHub, each examined in their own server."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TextIO

import click

from envcheck.command import terminal
from envcheck.command.hub_asked import Wanted, desk
from envcheck.command.hub_visits import visited
from envcheck.errors import UsageProblem
from envcheck.hub import users
from envcheck.hub.servers import Servers
from envcheck.printable import for_a_log, one_line
from envcheck.run.report import READY, UNDETERMINED
from envcheck.sending.trouble import Trouble
from envcheck.sentences import number_of


def run(wanted: Wanted, out: TextIO) -> int:
    """Visit, write, and return the exit code. Raises UsageProblem and NotWritten."""
    hub, kept = desk(wanted)
    servers = Servers(hub, threading.Event())
    try:
        version = users.version(hub)
        users.refuse_what_is_missing(hub)
        names = users.names(hub, users.Chosen(wanted.names, wanted.sample or 0))
        if wanted.dry:
            return _told(names, servers, wanted.jobs, out)
    except Trouble as trouble:
        terminal.tell(f"nothing was started: {trouble.fact}")
        return UNDETERMINED
    if kept.place is not None:
        _refuse_unless_agreed(len(names), kept.place.host, unasked=wanted.unasked)
    return visited(wanted, names, servers, version, kept, out)


def _told(names: Sequence[str], servers: Servers, jobs: int, out: TextIO) -> int:
    """What would be started; nothing is. Raises Trouble."""
    states = {name: servers.state(name) for name in names}
    shown = [
        f"  {one_line(name)}: {'its server runs already' if state else 'its server would be started, and stopped again'}"
        for name, state in states.items()
    ]
    started = sum(not state for state in states.values())
    ending = f"{number_of(started, 'server')} would be started, {jobs} at a time. Nothing was."
    out.write(for_a_log("\n".join([*shown, ending, ""])))
    return READY


def _refuse_unless_agreed(count: int, host: str, *, unasked: bool) -> None:
    """Raises UsageProblem."""
    if unasked:
        return
    if not terminal.is_seen():
        raise UsageProblem("--submit without a terminal needs --send-without-asking")
    question = f"The reports of {number_of(count, 'user')} go to the class at {host}. Send them?"
    if not click.confirm(question, err=True):
        raise UsageProblem("nothing was started")
