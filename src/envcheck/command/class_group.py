"""`envcheck class` and its commands, as the command line has them."""

from __future__ import annotations

import sys
from typing import Any

import click

from envcheck.command import class_kept, class_served, courses
from envcheck.command.class_place import kept_in, needs_the_extra, opened

class_ = click.Group("class")  # its own words stand in cli.py, which imports this when asked for it


@class_.command("show")
@click.argument("places", metavar="FOLDER|ZIP|FILE...", nargs=-1, required=True)
@click.option(
    "--roster",
    metavar="FILE",
    help="Who is in the class: a CSV file, as your course's system exports it.",
)
@click.option(
    "--chapter",
    metavar="CHAPTER",
    help="The chapter to show; otherwise the one that most learners have.",
)
@click.option(
    "--days",
    type=click.FloatRange(0, min_open=True),
    metavar="N",
    help="Older reports count as stale.",
)
@click.option(
    "--format",
    "format",
    type=click.Choice(["text", "html", "csv", "json"]),
    default="text",
    show_default=True,
)
@click.option("--output", metavar="FILE", help="Write it there instead of to the screen.")
@click.option(
    "--projector", is_flag=True, help="Counts alone, no names: for a screen that everybody sees."
)
@click.pass_context
def class_show(ctx: click.Context, /, **asked: Any) -> None:
    """The class from its reports as they were handed in: files, folders, zips, as Moodle, Canvas
    and nbgrader give them out.

    Ends with 0 when all are ready, 1 when somebody is not, 3 when nothing could be read.
    """
    from envcheck.command import class_show as command
    from envcheck.command import here

    for typed in asked["places"]:
        here.place(typed)
    loaded = courses.load_installed(ctx)
    raise SystemExit(command.show(command.Wanted(**asked), loaded, sys.stdout))


@class_.command("open")
@click.argument("name")
@click.option("--chapter", required=True, help="The chapter that the class is about.")
@click.option("--roster", metavar="FILE", help="Who is in the class: a CSV file.")
@click.option(
    "--url",
    default=class_kept.ADDRESS,
    show_default=True,
    help="How learners reach the server, such as https://class.example.org.",
)
@click.option(
    "--keep-days",
    type=click.IntRange(1, 3650),
    default=60,
    show_default=True,
    help="A report is deleted after so many days.",
)
@click.option("--course", metavar="FILE", help="A course that is not installed.")
@kept_in
@click.pass_context
def class_open(
    ctx: click.Context, /, data: str | None, database: str | None, course: str | None, **asked: Any
) -> None:
    """Open a class with a server, and print its link and logins, this once."""
    loaded = courses.load_installed(ctx)
    own = (courses.load_file(course, loaded),) if course else loaded.courses
    with opened(data, database) as place:
        class_kept.open_class(place, class_kept.Opened(**asked), own, sys.stdout)


@class_.command("list")
@kept_in
def class_list(data: str | None, database: str | None) -> None:
    """The classes that are kept, and how much of each."""
    with opened(data, database) as place:
        class_kept.list_classes(place, sys.stdout)


@class_.command("close")
@click.argument("name")
@kept_in
def class_close(name: str, data: str | None, database: str | None) -> None:
    """Take no more reports; what is there stays."""
    with opened(data, database) as place:
        class_kept.close(place, name, sys.stdout)


@class_.command("forget")
@click.argument("name")
@click.option("--alias", help="Delete only what is kept of this learner.")
@kept_in
def class_forget(name: str, alias: str | None, data: str | None, database: str | None) -> None:
    """Delete a class with everything in it, or one learner's part of it."""
    with opened(data, database) as place:
        class_kept.forget(place, name, alias, sys.stdout)


@class_.command("export")
@click.argument("name")
@click.option("--alias", help="Only what is kept of this learner: all of it.")
@click.option("--output", metavar="FILE.zip", required=True)
@kept_in
def class_export(
    name: str, alias: str | None, output: str, data: str | None, database: str | None
) -> None:
    """Write everything that is kept into a zip; `class show` and `class import` read it."""
    with opened(data, database) as place:
        class_kept.export(place, name, alias, output, sys.stdout)


@class_.command("import")
@click.argument("name")
@click.argument("places", metavar="FOLDER|ZIP|FILE...", nargs=-1, required=True)
@kept_in
def class_import(
    name: str, places: tuple[str, ...], data: str | None, database: str | None
) -> None:
    """Put reports that came by mail or on a stick to those that were sent.

    Ends with 3 when nothing could be read.
    """
    with opened(data, database) as place:
        code = class_kept.import_(place, name, places, sys.stdout)
    raise SystemExit(code)


@class_.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option("--certfile", metavar="FILE", help="Speak https with this certificate.")
@click.option("--keyfile", metavar="FILE", help="Its key, where it is not in the same file.")
@click.option("--behind-proxy", is_flag=True, help="A proxy speaks https for this server.")
@click.option("--url", default="", help="How learners reach it, where that is another address.")
@click.option(
    "--rate",
    type=click.FloatRange(0, min_open=True),
    default=50.0,
    show_default=True,
    help="Reports a second that a class may send in the long run.",
)
@kept_in
@click.pass_context
def class_serve(
    ctx: click.Context, /, data: str | None, database: str | None, rate: float, **asked: Any
) -> None:
    """Take reports, and show the classes, until it is interrupted."""
    with opened(data, database) as place:
        class_served.serve(place, rate, asked, courses.load_installed(ctx).courses, sys.stderr)


@class_.command("demo")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where to listen.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.pass_context
def class_demo(ctx: click.Context, port: int, no_browser: bool) -> None:
    """A class of 60 who do not exist, with reports arriving, and its page open."""
    needs_the_extra()
    class_served.demo(courses.load_installed(ctx).courses, port, no_browser, sys.stderr)
