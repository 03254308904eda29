"""The command line: translates words into a request and a report into an exit code; decides nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

import envcheck
from envcheck.command.options import run_options
from envcheck.environment import Options
from envcheck.errors import NoRoom, UsageProblem, unknown
from envcheck.model import Course
from envcheck.processes.streams import open_closed_streams, stdout_for_the_report_alone
from envcheck.run import plan, plugins
from envcheck.run.report import INTERRUPTED, UNDETERMINED, USAGE

if TYPE_CHECKING:
    from envcheck.fixes.loop import Helper

SETTINGS = {"help_option_names": ["-h", "--help"]}


class Chapters(click.Group):
    """A chapter's name is a command, so that `--help` and completion show it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_chapter_names(_courses(ctx)), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        own = super().get_command(ctx, name)
        if own is not None:
            return own
        # `--course FILE` comes after the chapter, so a name that is not installed may still be one of that file's.
        return (
            _chapter_command(name, _title(_courses(ctx), name))
            if _may_be_chapter(ctx, name)
            else None
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UsageProblem(
                "\n".join(
                    map(
                        str,
                        (
                            unknown("chapter or command", args[0], self.list_commands(ctx)),
                            *_courses(ctx).broken,
                        ),
                    )
                )
            )
        return super().resolve_command(ctx, args)


def _courses(ctx: click.Context) -> plugins.Loaded:
    root = ctx.find_root()
    if not isinstance(root.obj, plugins.Loaded):
        with stdout_for_the_report_alone():
            root.obj = plugins.installed()
    return root.obj


def _from_file(file: str) -> Course:
    with stdout_for_the_report_alone():
        return plugins.from_file(Path(file))


def _chapter_names(loaded: plugins.Loaded) -> list[str]:
    return [
        *dict.fromkeys(chapter.id for course in loaded.courses for chapter in course.chapters),
        "all",
    ]


def _may_be_chapter(ctx: click.Context, name: str) -> bool:
    return name in _chapter_names(_courses(ctx)) or any(
        word == "--course" or word.startswith("--course=") for word in sys.argv
    )


def _title(loaded: plugins.Loaded, name: str) -> str:
    titles = [
        chapter.title
        for course in loaded.courses
        for chapter in course.chapters
        if chapter.id == name
    ]
    return (
        titles[0]
        if titles
        else "Every chapter."
        if name == "all"
        else "A chapter of the course file."
    )


@click.group(cls=Chapters, context_settings=SETTINGS)
@click.version_option(envcheck.__version__, prog_name="envcheck")
def cli() -> None:
    """Can this machine do the chapter? envcheck finds out by doing it, and names the one thing to do next.

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

    loaded = _courses(ctx)
    courses = (_from_file(course),) if course else loaded.courses
    click.echo(
        listing.as_json(courses) if format_ == "json" else listing.as_text(courses), nl=False
    )
    for broken in loaded.broken:
        click.echo(f"envcheck: {broken}", err=True)
    if not courses:
        raise SystemExit(UNDETERMINED)


@cli.command()
@click.argument("name", metavar="CODE|CHECK")
@click.option("--course", metavar="FILE")
@click.pass_context
def explain(ctx: click.Context, name: str, course: str | None) -> None:
    """The long page: what it is, why it matters, how to see it yourself, and the fix."""
    from envcheck.command import explain

    installed = _courses(ctx).courses
    courses = (_from_file(course), *installed) if course else installed
    click.echo(explain.page(name, courses), nl=False)


@cli.command()
@click.option("--python", metavar="PATH|VERSION")
def where(python: str | None) -> None:
    """Who is who: python, pip, jupyter and the kernel, and which environment each belongs to."""
    from envcheck.command import actions

    click.echo(actions.where(python), nl=False)


@cli.command()
@click.argument("record")
@click.option("--dry-run", is_flag=True, help="Only show the steps.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def undo(record: str, dry_run: bool, yes: bool) -> None:
    """Take a fix back, by the record that it left."""
    from envcheck.command import actions

    actions.undo(record, _helper(dry=dry_run, yes=yes))


def _run(chapters: tuple[str, ...], asked: dict[str, Any]) -> None:
    from envcheck.command import actions

    if not asked["timeout"] < 1e6:  # "nan" is a number for click, and no time for a clock
        raise UsageProblem(f"--timeout {asked['timeout']}: it takes a number of seconds")
    loaded = _courses(click.get_current_context())
    course = (
        _from_file(asked["course"])
        if asked["course"]
        else _course_of(loaded, chapters, asked["tracks"])
    )
    destinations = actions.destinations(asked["format_"], asked["output"], asked["reports"])
    options = Options(quick=asked["quick"], deep=asked["deep"], offline=asked["offline"])
    selection = plan.Selection(chapters, asked["tracks"], asked["only"], asked["skip"])
    order = actions.Order(
        course=course,
        selection=selection,
        options=options,
        python=asked["python"],
        destinations=destinations,
        strict=asked["strict"],
        timeout=asked["timeout"],
        jobs=asked["jobs"],
        verbose=asked["verbose"],
        colour=not asked["plain"] and not os.environ.get("NO_COLOR") and sys.stdout.isatty(),
        width=max(min(shutil.get_terminal_size((80, 24)).columns, 100), 40),
        broken=tuple(str(one) for one in loaded.broken),
        others=loaded.courses,
        fix=_helper(dry=asked["dry_run"], yes=asked["yes"])
        if asked["fix"] or asked["dry_run"]
        else None,
    )
    with stdout_for_the_report_alone(restore=False) as out:
        raise SystemExit(actions.run(order, out))


def _helper(*, dry: bool, yes: bool) -> Helper:
    """Talks on stderr: stdout is the report's. Without a terminal and without --yes nothing is done."""
    from envcheck.fixes.loop import Helper
    from envcheck.reports.working import Working

    def confirm(question: str) -> bool:
        if yes:
            return True
        if not sys.stdin.isatty():
            click.echo(f"{question} There is no terminal to answer from; --yes says yes.", err=True)
            return False
        return click.confirm(question, err=True)

    moving = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    working = Working(sys.stderr, shutil.get_terminal_size((80, 24)).columns, moving)
    return Helper(working.line, confirm, dry, working.tick)


def _course_of(
    loaded: plugins.Loaded, chapters: tuple[str, ...], tracks: tuple[str, ...]
) -> Course:
    """The installed course that has the first name; with several courses, chapters may have equal names: the bundled one wins."""
    wanted = next(iter([*chapters, *tracks]), "")
    for course in loaded.courses:
        if wanted in ("all", *(chapter.id for chapter in (*course.chapters, *course.tracks))):
            return course
    if not loaded.courses:
        raise UsageProblem("\n".join(["no course is installed", *map(str, loaded.broken)]))
    known = [
        chapter.id
        for course in loaded.courses
        for chapter in ((*course.chapters,) if chapters else (*course.tracks,))
    ]
    raise unknown("chapter" if chapters else "track", wanted, known)


def main() -> None:
    """The command. Three endings: what was asked for cannot be had (2), interrupted (130), envcheck itself broke (3)."""
    open_closed_streams()
    _signals(signal.default_int_handler)
    try:
        cli.main(prog_name="envcheck", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(USAGE) from None
    except UsageProblem as problem:
        click.echo(f"envcheck: {problem}", err=True)
        raise SystemExit(USAGE) from None
    except NoRoom as trouble:
        click.echo(f"envcheck: {trouble}", err=True)
        raise SystemExit(UNDETERMINED) from None
    except (KeyboardInterrupt, click.Abort):
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:  # the reader of `list` or `explain` had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise SystemExit(0) from None
    except Exception as error:  # noqa: BLE001  # envcheck's own fault: one honest line and its own exit code
        from envcheck.command.actions import broke

        click.echo(broke(error), err=True)
        raise SystemExit(UNDETERMINED) from None
    finally:
        _signals(signal.SIG_IGN)  # the exit code is known: an impatient Ctrl-C must not change it


def _signals(handler: Callable[[int, FrameType | None], Any] | signal.Handlers) -> None:
    """A closed terminal and `kill` end a run the way Ctrl-C does: everything is put away first. `nohup` is respected."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)
