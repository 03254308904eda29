"""The learner's environment for one run: a scratch folder, the watchdog, and everything closed
again.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from envcheck.environment import Environment
from envcheck.errors import NoPlace
from envcheck.processes.process import Processes
from envcheck.processes.watchdog import Watchdog
from envcheck.removal import remove_tree
from envcheck.run import scratch
from envcheck.run.request import Request
from envcheck.target.allowance import memory_at_first
from envcheck.target.asked import pythons_asked_for


@contextlib.contextmanager
def environment(request: Request) -> Iterator[Environment]:
    """The learner's environment for one run; closed, with nothing left running or lying about,
    however the run ends. Raises NoPlace where nothing can be started in the learner's folder.
    """
    if request.closed:
        raise NoPlace(request.closed)
    scratch.clear_abandoned()
    watchdog = Watchdog(secrets.token_hex(16))
    processes = Processes(watchdog, time.monotonic() + request.timeout)
    scratch_folder = scratch.make(watchdog, cache_folder())
    env = Environment(
        request.located,
        variables=request.variables,
        folder=request.folder,
        scratch=scratch_folder,
        cache=cache_folder(),
        processes=processes,
        options=request.options,
    )
    pythons = dict.fromkeys(planned.check.pythons for planned in request.planned)
    env.preload(pythons_asked_for.name, ",".join(filter(None, pythons)))
    memory_at_first(env)
    try:
        yield env
    finally:
        env.close()
        processes.close()
        remove_tree(scratch_folder)
        watchdog.close(stay=env.in_use)


@contextlib.contextmanager
def throw_away() -> Iterator[tuple[Path, Processes]]:
    """A folder of our own and what starts programs, without a target; gone, with all that still runs,
    however it ends. Raises NoRoom.
    """
    scratch.clear_abandoned()
    watchdog = Watchdog(secrets.token_hex(16))
    processes = Processes(watchdog)
    folder = scratch.make(watchdog, cache_folder())
    try:
        yield folder, processes
    finally:
        processes.close()
        remove_tree(folder)
        watchdog.close(stay=False)


def cache_folder() -> Path | None:
    """A folder inside envcheck's own environment, never in the learner's home; None where that is
    not writable.
    """
    folder = Path(sys.prefix, "var", "envcheck")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None
