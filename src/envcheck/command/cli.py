"""The command line: translates words into a request and a report into an exit code; decides
nothing.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TextIO

import click

import envcheck
from envcheck.command import courses
from envcheck.command.options import run_options
from envcheck.errors import NoRoom, NotWritten, UsageProblem, unknown
from envcheck.printable import for_a_log
from envcheck.processes.streams import lost, own_streams
from envcheck.run.report import INTERRUPTED, READY, UNDETERMINED, USAGE

SETTINGS = {"help_option_names": ["-h", "--help"]}


class Chapters(click.Group):
    """A chapter's name is a command, so that `--help` and completion show it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*courses.chapter_names(courses.load_installed(ctx)), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        own = super().get_command(ctx, name)
        if own is not None:
            return own
        loaded = courses.load_installed(ctx)
        # `--course FILE` comes after the chapter, so a name that is not installed may still be one
        # of that file's.
        return (
            _chapter_command(name, courses.chapter_title(loaded, name))
            if courses.may_be_chapter(loaded, name)
            else None
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            problem = unknown("chapter or command", args[0], self.list_commands(ctx))
            broken = courses.load_installed(ctx).broken
            raise UsageProblem("\n".join(map(str, (problem, *broken))))
        return super().resolve_command(ctx, args)


@click.group(cls=Chapters, context_settings=SETTINGS)
@click.version_option(envcheck.__version__, prog_name="envcheck")
def cli() -> None:
    """Can this machine do the chapter? envcheck finds out by doing it, and names the one thing to
    do next.

    Type `envcheck chapter2`. Nothing on the machine is changed.
    """


def _chapter_command(name: str, title: str) -> click.Command:
    def callback(
        more: tuple[str, ...], **asked: Any
    ) -> None:  # click hands over every option, each of its own type
        _run((name, *more), asked)

    command = click.Command(
        name,
        callback=callback,
        params=[click.Argument(["more"], nargs=-1, metavar="[CHAPTER]...")],
        help=title,
    )
    return run_options(command)


def _track(name: str, **asked: Any) -> None:  # click hands over every option, each of its own type
    _run((), {**asked, "tracks": (name, *asked["tracks"])})


cli.add_command(
    run_options(
        click.Command(
            "track",
            callback=_track,
            params=[click.Argument(["name"])],
            help="Check for a tool that no chapter asks for yet.",
        )
    )
)


@cli.command("list")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--course", metavar="FILE")
@click.pass_context
def list_(ctx: click.Context, format_: str, course: str | None) -> None:
    """Courses, chapters, tracks and checks: what each proves, needs and costs."""
    from envcheck.command import listing

    loaded = courses.load_installed(ctx)
    listed = (courses.load_file(course),) if course else loaded.courses
    as_text = listing.as_json(listed) if format_ == "json" else for_a_log(listing.as_text(listed))
    click.echo(as_text, nl=False)
    for broken in loaded.broken:
        click.echo(for_a_log(f"envcheck: {broken}"), err=True)
    if not listed:
        raise SystemExit(UNDETERMINED)


@cli.command()
@click.argument("name", metavar="CODE|CHECK")
@click.option("--course", metavar="FILE")
@click.pass_context
def explain(ctx: click.Context, name: str, course: str | None) -> None:
    """The long page: what it is, why it matters, how to see it yourself, and the fix."""
    from envcheck.command import explain

    installed = courses.load_installed(ctx).courses
    searched = (courses.load_file(course), *installed) if course else installed
    click.echo(for_a_log(explain.page(name, searched)), nl=False)


@cli.command()
@click.option("--python", metavar="PATH|VERSION")
@click.pass_context
def where(ctx: click.Context, python: str | None) -> None:
    """Who is who: python, pip, jupyter and the kernel, and which environment each belongs to."""
    from envcheck.command import where

    click.echo(for_a_log(where.draw(courses.load_installed(ctx), python)), nl=False)


@cli.command()
@click.argument("record")
@click.option("--python", metavar="PATH|VERSION", help="The Python whose packages the fix changed.")
@click.option("--dry-run", is_flag=True, help="Only show the steps.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def undo(record: str, python: str | None, dry_run: bool, yes: bool) -> None:
    """Take a fix back, by the record that it left."""
    from envcheck.command import undo

    undo.undo(record, python=python, dry=dry_run, yes=yes)


def _run(chapters: tuple[str, ...], words: dict[str, Any]) -> None:
    from envcheck.command import chapter

    loaded = courses.load_installed(click.get_current_context())
    raise SystemExit(chapter.run(chapters, words, loaded))


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
    if code == READY and (reason := lost(out)):
        raise NotWritten(f"what it found could not be written to stdout: {reason}")
    raise SystemExit(code)


def _signals(handler: Callable[[int, FrameType | None], Any] | signal.Handlers) -> None:
    """A closed terminal and `kill` end a run the way Ctrl-C does: everything is put away first.
    `nohup` is respected.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _own_fault(error: Exception) -> str:
    """What to show when envcheck itself fails: one sentence, and the place for a bug report."""
    from envcheck.run.crashes import own_fault

    return (
        f"envcheck: {own_fault(error)}.\n"
        "This is not a verdict about your machine. Please show this line to your teacher."
    )
