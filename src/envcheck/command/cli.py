"""The command line: translates words into a request and a report into an exit code; decides
nothing.
"""

from __future__ import annotations

from typing import Any

import click

import envcheck
from envcheck.command import courses, for_teachers
from envcheck.command.options import run_options
from envcheck.errors import UsageProblem, unknown
from envcheck.exit_codes import UNDETERMINED
from envcheck.printable import for_a_log

RUN = "run "
SETTINGS = {"help_option_names": ["-h", "--help"]}


class Chapters(click.Group):
    """A chapter's name is a command, so that `--help` and completion show it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names for `--help`: chapters first, then the fixed commands. A chapter that has the
        name of a command is typed after `run`.
        """
        chapters = courses.chapter_names(courses.load_installed(ctx))
        own = super().list_commands(ctx)
        return [*(f"{RUN}{name}" if name in own else name for name in chapters), *own]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, a chapter's made now; None where there is none."""
        own = super().get_command(ctx, name)
        if own is not None:
            return own
        loaded = courses.load_installed(ctx)
        # `--course FILE` comes after the chapter, so a name that is not installed may still be one
        # of that file's.
        chapter = name.removeprefix(RUN)
        return (
            _chapter_command(chapter, courses.chapter_title(loaded, chapter))
            if courses.may_be_chapter(loaded, chapter)
            else None
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words mean, and the words that are left for it."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            loaded = courses.load_installed(ctx)
            if loaded.broken_file:
                raise UsageProblem(loaded.broken_file)
            problem = unknown("chapter or command", args[0], self.list_commands(ctx))
            broken = loaded.broken
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


def _named(name: str, more: tuple[str, ...], **asked: Any) -> None:  # as above
    _run((name, *more), asked)


cli.add_command(
    run_options(
        click.Command(
            "run",
            callback=_named,
            params=[
                click.Argument(["name"], metavar="CHAPTER"),
                click.Argument(["more"], nargs=-1, metavar="[CHAPTER]..."),
            ],
            help="A chapter whose name is a command's.",
        )
    )
)


@cli.command("list")
@click.argument("names", metavar="[CHAPTER]...", nargs=-1)
@click.option("--with", "tracks", multiple=True, metavar="TRACK", help="Of a track, too.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--course", metavar="FILE|FOLDER|URL")
@click.pass_context
def list_(
    ctx: click.Context,
    names: tuple[str, ...],
    tracks: tuple[str, ...],
    format_: str,
    course: str | None,
) -> None:
    """Courses, chapters, tracks and checks: what each proves, needs and costs; with a chapter's
    name, the checks of its run.
    """
    from envcheck.command import listing

    loaded = courses.load_installed(ctx)
    if names or tracks:
        click.echo(listing.of_run(loaded, (names, tracks), course, format_), nl=False)
        return
    listed = (courses.load_file(course, loaded),) if course else loaded.courses
    as_text = listing.as_json(listed) if format_ == "json" else for_a_log(listing.as_text(listed))
    click.echo(as_text, nl=False)
    for broken in loaded.broken:
        click.echo(for_a_log(f"envcheck: {broken}"), err=True)
    if not listed:
        raise SystemExit(UNDETERMINED)


@cli.command()
@click.argument("words", metavar="[CODE|CHECK|WORDS]", nargs=-1)
@click.option("--course", metavar="FILE|FOLDER|URL")
@click.pass_context
def explain(ctx: click.Context, words: tuple[str, ...], course: str | None) -> None:
    """The long page of a cause: what it is, how to see it yourself, and the fix. By its name or by
    words of an error message; without either, all causes by what you see.
    """
    from envcheck.command import explain

    loaded = courses.load_installed(ctx)
    named = (courses.load_file(course, loaded),) if course else ()
    searched = (*named, *loaded.courses)
    for trouble in dict.fromkeys((*loaded.broken, *explain.troubles(words, searched))):
        click.echo(for_a_log(f"envcheck: {trouble}"), err=True)
    click.echo(for_a_log(explain.page(words, searched)), nl=False)


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


@cli.command()
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--join", metavar="LINK", help="The class that the files go to.")
@click.option("--submit", metavar="URL", help="The same.")
@click.option("--send-without-asking", "unasked", is_flag=True, help="Neither show nor ask.")
def send(files: tuple[str, ...], join: str | None, submit: str | None, unasked: bool) -> None:
    """Hand reports in to your class: files that --report json=FILE wrote, or what could not be sent
    before. Shows each and asks.

    Ends with 0 when all have arrived, 1 when one has not, 2 when a file cannot be sent.
    """
    from envcheck.command import send

    raise SystemExit(send.send(files, join, submit, unasked=unasked))


for command in for_teachers.COMMANDS:
    cli.add_command(command)


def _run(chapters: tuple[str, ...], words: dict[str, Any]) -> None:
    from envcheck.command import chapter

    loaded = courses.load_installed(click.get_current_context())
    raise SystemExit(chapter.run(chapters, words, loaded))
