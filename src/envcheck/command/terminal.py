"""The person at the terminal, as a fix sees them."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from typing import TextIO

import click

from envcheck.fixes.helper import Helper
from envcheck.printable import for_a_log
from envcheck.privacy import Scrubber, scrubber_for_reader
from envcheck.processes.console import is_console, shows_colours
from envcheck.reports.text import filled
from envcheck.reports.working import Working
from envcheck.run.turn import turn
from envcheck.run.workplace import cache_folder
from envcheck.sending.person import Person
from envcheck.target import shells
from envcheck.target.locate import learner_variables

WHOLE = "    "  # what a line begins with that can be pasted
WAITING = "envcheck: other runs of envcheck go on here; this one begins when it is its turn"


def terminal_helper(*, dry: bool, yes: bool) -> Helper:
    """A helper that talks on stderr: stdout is the report's. Without a terminal and without --yes
    nothing is done.
    """

    def confirm(question: str) -> bool:
        if yes:
            return True
        if not is_console(sys.stdin):
            click.echo(f"{question} There is no terminal to answer from; --yes says yes.", err=True)
            return False
        try:
            return click.confirm(question, err=True)
        except click.Abort:  # Ctrl-C, and the end of what is typed
            working.line("")
            raise KeyboardInterrupt from None

    moving = shows_colours(sys.stderr) and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((80, 24)).columns
    working = Working(sys.stderr, width, moving)
    variables = learner_variables()
    scrubber = scrubber_for_reader(variables, terminal=is_console(sys.stderr))

    def say(text: str) -> None:
        for line in scrubber.text(text).split("\n"):
            working.line(line if line.startswith(WHOLE) else _filled(line, width))

    def tick(seconds: float, text: str) -> None:
        working.tick(seconds, scrubber.text(text))

    return Helper(say, confirm, dry, tick, scrubber, shells.learners(variables))


def learner(secrets: tuple[str, ...] = ()) -> Person:
    """The learner who hands a report in: all is said on stderr, and they can be asked only where
    they also see it.
    """
    columns = width()
    scrubber = Scrubber(secrets=secrets)

    def say(text: str) -> None:
        click.echo(_filled(for_a_log(scrubber.text(text)), columns), err=True)

    def show(text: str) -> None:
        click.echo(for_a_log(text), err=True)

    def confirm(question: str) -> bool:
        return click.confirm(question, err=True)

    return Person(say, show, confirm if is_seen() else None, columns)


def tell(line: str) -> None:
    """How far something is that takes minutes, or what went wrong beside what was asked for; on stderr."""
    click.echo(for_a_log(f"envcheck: {line}"), err=True)


def width() -> int:
    """The terminal's columns, within what is read with ease."""
    return max(min(shutil.get_terminal_size((80, 24)).columns, 100), 40)


def is_seen() -> bool:
    """Whether somebody sees what is asked, and can answer."""
    return is_console(sys.stdin) and is_console(sys.stderr)


def ask_for_alias() -> str:
    """The name by which the class shall know this learner."""
    answer: str = click.prompt("A name of your choice for the class", err=True)
    return answer


def _filled(line: str, width: int) -> str:
    """Sentences at the terminal's width, each line as far in as the first."""
    start = line[: len(line) - len(line.lstrip())]
    return filled(line, width=max(min(width, 100), 40), first=start, rest=start)


def can_move(out: TextIO) -> bool:
    """Whether a line that changes can be shown while checks run."""
    return shows_colours(sys.stderr) and out.isatty() and os.environ.get("TERM") != "dumb"


@contextlib.contextmanager
def in_turn() -> Iterator[None]:
    """Meanwhile a run may go on; where others go on here, that is said, and waited for."""
    with turn(cache_folder(), lambda: click.echo(WAITING, err=True)):
        yield
