"""The person at the terminal, as a fix sees them."""

from __future__ import annotations

import os
import shutil
import sys

import click

from envcheck.fixes.helper import Helper
from envcheck.privacy import scrubber_for_reader
from envcheck.reports.working import Working
from envcheck.target.locate import learner_variables


def terminal_helper(*, dry: bool, yes: bool) -> Helper:
    """A helper that talks on stderr: stdout is the report's. Without a terminal and without --yes
    nothing is done.
    """

    def confirm(question: str) -> bool:
        if yes:
            return True
        if not sys.stdin.isatty():
            click.echo(f"{question} There is no terminal to answer from; --yes says yes.", err=True)
            return False
        return click.confirm(question, err=True)

    moving = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    working = Working(sys.stderr, shutil.get_terminal_size((80, 24)).columns, moving)
    scrubber = scrubber_for_reader(learner_variables(), terminal=sys.stderr.isatty())

    def say(text: str) -> None:
        working.line(scrubber.text(text))

    def tick(seconds: float, text: str) -> None:
        working.tick(seconds, scrubber.text(text))

    return Helper(say, confirm, dry, tick, scrubber)
