"""PostgreSQL: a server of our own is made in a throw-away folder, asked on loopback for a sum, and
stopped.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail, ok, skip
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.tools.framework import check_page
from envcheck_checks.tools.framework.codes import (
    PROGRAM_MISSING,
    TOOL_FAILS,
    TOOL_HANGS,
)
from envcheck_checks.tools.framework.plain_user import plain_user
from envcheck_checks.tools.framework.program import find, get
from envcheck_checks.tools.framework.trial_runs import variable_that_breaks
from envcheck_checks.tools.framework.wrong_answer import wrong_answer
from envcheck_checks.tools.postgresql.discovery import PROGRAM, server_folder
from envcheck_checks.tools.postgresql.server import EXPECTED, Served, serve

TITLE = "PostgreSQL"
PROVES = "a server is made and started on loopback, SQL makes 100 rows and adds up their squares, and the server is stopped"
STEPS = {
    "initdb": "it cannot make a database",
    "postgres": "its server does not start",
    "psql": "its server runs, and its client gets no answer",
    "stop": "its server does not stop",
}


def postgresql(needs: tuple[Check, ...] = ()) -> Check:
    """A throw-away server on loopback adds up 100 squares to 338350."""
    return Check(
        id="postgresql",
        title=TITLE,
        examine=_examine,
        needs=needs,
        timeout=80,
        proves=PROVES,
        cost=Cost(4.0, 60, PROGRAM.megabytes),
        page=check_page.page(TITLE, PROGRAM.about, PROVES, "postgresql", _codes(), general={}),
        slow_because="a database is made for it",
    )


def _codes() -> dict[str, str]:
    return {PROGRAM_MISSING: "its server is not on this machine", **check_page.OF_SERVERS}


def _examine(env: Environment) -> Outcome:
    binaries = server_folder(env)
    if binaries is None:
        return missing(env)
    user = plain_user(env)
    if user is None:
        return skip(
            "you are root: PostgreSQL refuses to run as root, and no other user could be had for it here"
        )
    count = itertools.count()

    def served(more: Mapping[str, str | None]) -> Served:
        return serve(env, binaries, user, f"postgresql-{next(count)}", more)

    done = served({})
    if done.fine:
        return ok(
            f"{_version(env, binaries)}, server, table and SQL on loopback agree: 338350{user.words}"
        )
    guilty = variable_that_breaks(
        env, TITLE, ("PG",), lambda more: served(more).worked, late=done.finished.late
    )
    return guilty or broken(done, binaries)


def missing(env: Environment) -> Diagnosis:
    """The server is not here; its client may be."""
    psql = find(env, "psql")
    what = (
        "its client `psql` is here, its server is not"
        if psql
        else f"there is no command `{PROGRAM.command}`"
    )
    return fail(
        PROGRAM_MISSING,
        f"{TITLE} is not installed: {what} ({PROGRAM.about})",
        get(env, PROGRAM),
        found=psql,
        wanted="initdb and postgres, its server",
        looked_in="PATH, and the folders where installers put it",
    )


def broken(done: Served, binaries: Path) -> Diagnosis:
    """What the step that failed last means; no cause is known."""
    if done.finished.ok:
        return wrong_answer(TITLE, found=done.answer, wanted=EXPECTED, looked_in=binaries)
    hangs = done.finished.late
    return fail(
        TOOL_HANGS if hangs else TOOL_FAILS,
        f"{TITLE} is installed, and {STEPS[done.step]}"
        + (f" in {done.finished.seconds:.0f} s" if hangs else ""),
        ask_teacher(),
        found=done.finished.last_words,
        looked_in=binaries,
    )


def _version(env: Environment, binaries: Path) -> str:
    words = env.run([str(binaries / "postgres"), "--version"], timeout=10).stdout.split()
    return next((word for word in words if word[:1].isdigit()), "")
