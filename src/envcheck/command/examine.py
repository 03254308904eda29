"""Run the checks, fix what can be fixed if that was asked for, and write the reports."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from envcheck.command.destinations import Destination, write_files
from envcheck.command.terminal import can_move, in_turn
from envcheck.fixes import loop
from envcheck.fixes.helper import Helper
from envcheck.privacy import scrubber_for_reader
from envcheck.reports import renderer
from envcheck.reports.live import LiveText
from envcheck.reports.text import Page
from envcheck.run.report import INTERRUPTED, NOT_READY, Report
from envcheck.run.request import Request
from envcheck.run.scrub import scrubbed
from envcheck.run.session import Session


@dataclass(frozen=True)
class Output:
    """Where the reports go, and how the text looks on the screen; `width` is in columns.
    `fixing`: the steps of the fix are carried out, so they need not be offered.
    """

    destinations: tuple[Destination, ...]
    verbose: bool = False
    colour: bool = False
    width: int = 80
    fixing: bool = False

    @property
    def screen_format(self) -> str | None:
        """The format that goes to the screen; None when none does."""
        return next((place.format for place in self.destinations if place.file is None), None)


def run(
    request: Request,
    output: Output,
    helper: Helper | None,
    out: TextIO,
    after: Callable[[Report], object] = id,
) -> int:
    """Run, fix if there is a helper, write every report, and return the exit code. `after` is given
    the last report when all have been written, unless the run was interrupted. Raises UsageProblem.

    Who fixes is alone at it from the first check on: what it has found must still be so.
    """
    with contextlib.ExitStack() as held:
        helper = helper and loop.alone_at(request, helper, held)
        return _run(request, output, helper, out, after)


def _run(
    request: Request,
    output: Output,
    helper: Helper | None,
    out: TextIO,
    after: Callable[[Report], object],
) -> int:
    latest: list[Report] = []  # the last run's, as it may be shown
    live = output.screen_format == "text"

    def check(request: Request) -> Report:
        with in_turn():
            session = Session(request)
            report = _run_live(session, output, out) if live else session.run()
        latest[:] = [report]
        return session.unscrubbed or report

    first = check(request)
    stopped = (
        helper is not None
        and first.exit_code == NOT_READY
        and _fix_interrupted(request, first, helper, check)
    )
    if output.screen_format is not None and not live:
        out.write(renderer(output.screen_format)(latest[-1]))
        out.flush()
    write_files(output.destinations, latest[-1], out)
    code = INTERRUPTED if stopped else latest[-1].exit_code
    if code != INTERRUPTED:
        after(latest[-1])
    return code


def _fix_interrupted(
    request: Request, report: Report, helper: Helper, check: Callable[[Request], Report]
) -> bool:
    """Fix what can be fixed; True when a person ended it. The reports are then of the machine as it
    was.
    """
    try:
        loop.until_ready(request, report, helper, check)
    except KeyboardInterrupt:
        return True
    return False


def _run_live(session: Session, output: Output, out: TextIO) -> Report:
    """The text, line by line as results come in."""
    page = Page(output.width, output.colour, output.verbose, output.fixing)
    ids = [planned.id for planned in session.request.planned]
    reader = scrubber_for_reader(session.request.variables, terminal=out.isatty())
    scrubber = reader.hiding(session.request.secrets)

    def shown(report: Report) -> Report:
        return scrubbed(session.unscrubbed or report, scrubber)

    with LiveText(
        page,
        out,
        ids,
        lambda result: scrubbed(result, scrubber),
        moving=can_move(out),
    ) as live:
        report = session.run(lambda begun: live.begin(page.header(shown(begun))), live.event)
        live.end(page.ending(shown(report)))
    return report
