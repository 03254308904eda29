"""How a command ends: its exit code, and one honest line where there is nothing else to say."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TextIO

import click

from envcheck.command.cli import cli
from envcheck.errors import NoRoom, NotWritten, UsageProblem
from envcheck.exit_codes import INTERRUPTED, READY, UNDETERMINED, USAGE
from envcheck.printable import for_a_log
from envcheck.processes.streams import own_streams, stream_error


def main() -> None:
    """The command. Three endings: what was asked for cannot be had (2), interrupted (130), envcheck
    itself broke (3).
    """
    own_streams()
    _signals(signal.default_int_handler)
    try:
        _answer(sys.stdout)
    except click.ClickException as error:
        error.show()
        raise SystemExit(USAGE) from None
    except UsageProblem as problem:
        click.echo(for_a_log(f"envcheck: {problem}"), err=True)
        raise SystemExit(USAGE) from None
    except (NoRoom, NotWritten) as trouble:
        click.echo(for_a_log(f"envcheck: {trouble}"), err=True)
        raise SystemExit(UNDETERMINED) from None
    except (KeyboardInterrupt, click.Abort):
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:  # noqa: BLE001  # envcheck's own fault: one honest line and its own exit code
        if isinstance(error, OSError) and (closed := _closed_folder()):
            click.echo(for_a_log(f"envcheck: {closed}"), err=True)
            raise SystemExit(USAGE) from None
        click.echo(for_a_log(_own_fault(error)), err=True)
        raise SystemExit(UNDETERMINED) from None
    finally:
        _signals(signal.SIG_IGN)  # the exit code is known: an impatient Ctrl-C must not change it


def _answer(out: TextIO) -> None:
    """Do what was asked for, and end with its exit code. Raises NotWritten where all is well and
    nobody can read it.
    """
    code: object = READY
    try:
        cli.main(prog_name="envcheck", standalone_mode=False)
    except SystemExit as end:
        code = end.code
    if code == READY and (reason := stream_error(out)):
        raise NotWritten(f"what it found could not be written to stdout: {reason}")
    raise SystemExit(code)


def _signals(handler: Callable[[int, FrameType | None], Any] | signal.Handlers) -> None:
    """A closed terminal, `kill` and Windows' Ctrl-Break end a run the way Ctrl-C does: everything is
    put away first. `nohup` is respected.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _closed_folder() -> str:
    """Why the learner's folder cannot be used, which many ask the system for; empty where it can."""
    from envcheck.command import here
    from envcheck.target.locate import learner_variables

    return here.folder(learner_variables())[1]


def _own_fault(error: Exception) -> str:
    """What to show when envcheck itself fails: one sentence, and the place for a bug report."""
    from envcheck.run.crashes import own_fault

    return (
        f"envcheck: {own_fault(error)}.\n"
        "This is not a verdict about your machine. Please show this line to your teacher."
    )
