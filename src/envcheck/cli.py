"""The command line: translates words into a request and a report into an exit code; decides nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

import click

import envcheck
from envcheck import plan, plugins
from envcheck.environment import Options
from envcheck.errors import UsageProblem, unknown
from envcheck.model import Course
from envcheck.report import INTERRUPTED, UNDETERMINED, USAGE
from envcheck.reports import FORMATS

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
        return _chapter_command(name, _title(_courses(ctx), name)) if _may_be_chapter(ctx, name) else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise unknown("chapter or command", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


def _courses(ctx: click.Context) -> plugins.Loaded:
    root = ctx.find_root()
    if not isinstance(root.obj, plugins.Loaded):
        root.obj = plugins.installed()
    return root.obj


def _chapter_names(loaded: plugins.Loaded) -> list[str]:
    return [*dict.fromkeys(chapter.id for course in loaded.courses for chapter in course.chapters), "all"]


def _may_be_chapter(ctx: click.Context, name: str) -> bool:
    return name in _chapter_names(_courses(ctx)) or any(word == "--course" or word.startswith("--course=") for word in sys.argv)


def _title(loaded: plugins.Loaded, name: str) -> str:
    titles = [chapter.title for course in loaded.courses for chapter in course.chapters if chapter.id == name]
    return titles[0] if titles else "Every chapter." if name == "all" else "A chapter of the course file."


@click.group(cls=Chapters, context_settings=SETTINGS)
@click.version_option(envcheck.__version__, prog_name="envcheck")
def cli() -> None:
    """Can this machine do the chapter? envcheck finds out by doing it, and names the one thing to do next.

    Type `envcheck chapter2`. Nothing on the machine is changed.
    """


def run_options(command: click.Command) -> click.Command:
    """The options that every run takes."""
    options: Sequence[click.Option] = (
        click.Option(["--python"], metavar="PATH|VERSION", help="The Python to examine; otherwise it is located, and the report says why that one."),
        click.Option(["--format", "format_"], default="text", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}."),
        click.Option(["--output"], metavar="FILE", help="Write the report there instead of to the screen."),
        click.Option(["--report", "reports"], multiple=True, metavar="FORMAT=FILE", help="Also write this format to this file; may be repeated."),
        click.Option(["--only"], multiple=True, metavar="ID", help="Run this check and what it needs; may be repeated."),
        click.Option(["--skip"], multiple=True, metavar="ID", help="Do not run this check; may be repeated."),
        click.Option(["--with", "tracks"], multiple=True, metavar="TRACK", help="Add a track; may be repeated."),
        click.Option(["--quick"], is_flag=True, help="No notebook server and no browser."),
        click.Option(["--deep"], is_flag=True, help="Also the slow proofs: a real browser, a whole new environment."),
        click.Option(["--offline"], is_flag=True, help="Leave the network alone."),
        click.Option(["--strict"], is_flag=True, help="Warnings count as failures."),
        click.Option(["--course"], metavar="FILE", help="A course that is not installed: a Python file with a COURSE."),
        click.Option(["--timeout"], type=click.FloatRange(1), default=90.0, show_default=True, metavar="S", help="Seconds for the whole run."),
        click.Option(["--jobs"], type=click.IntRange(1, 64), default=8, show_default=True, metavar="N", help="Checks at the same time."),
        click.Option(["--verbose"], is_flag=True, help="Show every check with its id and its time."),
        click.Option(["--no-color", "plain"], is_flag=True, help="No colour (so does NO_COLOR)."),
    )
    command.params.extend(options)
    return command


def _chapter_command(name: str, title: str) -> click.Command:
    def callback(more: tuple[str, ...], **asked: Any) -> None:
        _run((name, *more), asked)

    command = click.Command(name, callback=callback, params=[click.Argument(["more"], nargs=-1, metavar="[CHAPTER]...")], help=title)
    return run_options(command)


def _track(name: str, **asked: Any) -> None:
    _run((), {**asked, "tracks": (name, *asked["tracks"])})


cli.add_command(
    run_options(
        click.Command("track", callback=_track, params=[click.Argument(["name"])], help="Check for a tool that no chapter asks for yet.")
    )
)


@cli.command("list")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--course", metavar="FILE")
@click.pass_context
def list_(ctx: click.Context, format_: str, course: str | None) -> None:
    """Courses, chapters, tracks and checks: what each proves, needs and costs."""
    from envcheck import catalogue

    loaded = _courses(ctx)
    courses = (plugins.from_file(Path(course)),) if course else loaded.courses
    click.echo(catalogue.as_json(courses) if format_ == "json" else catalogue.as_text(courses), nl=False)
    for broken in loaded.broken:
        click.echo(f"envcheck: {broken}", err=True)


@cli.command()
@click.argument("name", metavar="CODE|CHECK")
@click.option("--course", metavar="FILE")
@click.pass_context
def explain(ctx: click.Context, name: str, course: str | None) -> None:
    """The long page: what it is, why it matters, how to see it yourself, and the fix."""
    from envcheck import explaining

    courses = (plugins.from_file(Path(course)),) if course else _courses(ctx).courses
    click.echo(explaining.page(name, courses), nl=False)


@cli.command()
@click.option("--python", metavar="PATH|VERSION")
def where(python: str | None) -> None:
    """Who is who: python, pip, jupyter and the kernel, and which environment each belongs to."""
    from envcheck import entry

    click.echo(entry.where(python), nl=False)


def _run(chapters: tuple[str, ...], asked: dict[str, Any]) -> None:
    from envcheck import entry

    loaded = _courses(click.get_current_context())
    course = plugins.from_file(Path(asked["course"])) if asked["course"] else _course_of(loaded, chapters, asked["tracks"])
    destinations = entry.destinations(asked["format_"], asked["output"], asked["reports"])
    options = Options(quick=asked["quick"], deep=asked["deep"], offline=asked["offline"])
    selection = plan.Selection(chapters, asked["tracks"], asked["only"], asked["skip"])
    order = entry.Order(
        course=course,
        selection=selection,
        options=options,
        python=asked["python"],
        destinations=destinations,
        strict=asked["strict"],
        timeout=asked["timeout"],
        jobs=asked["jobs"],
        verbose=asked["verbose"],
        colour=not asked["plain"] and "NO_COLOR" not in os.environ and sys.stdout.isatty(),
        width=min(shutil.get_terminal_size((80, 24)).columns, 100),
        broken=tuple(str(one) for one in loaded.broken),
    )
    with _stdout_for_the_report_alone() as out:
        raise SystemExit(entry.run(order, out))


def _course_of(loaded: plugins.Loaded, chapters: tuple[str, ...], tracks: tuple[str, ...]) -> Course:
    """The installed course that has the first name; with several courses, chapters may have equal names: the bundled one wins."""
    wanted = next(iter([*chapters, *tracks]), "")
    for course in loaded.courses:
        if wanted in ("all", *(chapter.id for chapter in (*course.chapters, *course.tracks))):
            return course
    if not loaded.courses:
        raise UsageProblem("\n".join(["no course is installed", *map(str, loaded.broken)]))
    known = [chapter.id for course in loaded.courses for chapter in ((*course.chapters,) if chapters else (*course.tracks,))]
    raise unknown("chapter" if chapters else "track", wanted, known)


@contextlib.contextmanager
def _stdout_for_the_report_alone() -> Iterator[TextIO]:
    """Keep the real stdout for the report; what anything else prints, from Python or below it, does not get there."""
    from envcheck.stray import Stray

    real = sys.stdout
    try:
        kept = os.dup(real.fileno())
    except (OSError, ValueError):  # a test's own stream has no number
        sys.stdout = Stray()  # type: ignore[assignment]  # what checks need of it: write
        try:
            yield real
        finally:
            sys.stdout = real
        return
    real.flush()
    number = real.fileno()
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, number)
    os.close(nothing)
    out = os.fdopen(os.dup(kept), "w", encoding="utf-8", errors="replace")
    sys.stdout = Stray()  # type: ignore[assignment]  # what checks need of it: write
    try:
        yield out
    finally:
        with contextlib.suppress(BrokenPipeError):
            out.close()
        os.dup2(kept, number)
        os.close(kept)
        sys.stdout = real


def main() -> None:
    """The command. Three endings: what was asked for cannot be had (2), interrupted (130), envcheck itself broke (3)."""
    if sys.platform != "win32":
        # A closed terminal and `kill` end a run the way Ctrl-C does: everything is put away first.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        cli.main(prog_name="envcheck", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        raise SystemExit(USAGE) from None
    except UsageProblem as problem:
        click.echo(f"envcheck: {problem}", err=True)
        raise SystemExit(USAGE) from None
    except (KeyboardInterrupt, click.Abort):
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:  # noqa: BLE001  # envcheck's own fault: one honest line and its own exit code
        from envcheck.entry import broke

        click.echo(broke(error), err=True)
        raise SystemExit(UNDETERMINED) from None
