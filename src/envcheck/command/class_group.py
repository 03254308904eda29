"""`envcheck class` and its commands, as the command line has them."""

from __future__ import annotations

import sys
from typing import Any

import click

from envcheck.command import courses


@click.group("class")
def class_() -> None:
    """For instructors: who of a class is ready, who is stuck on what, who is silent."""


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
    help="The chapter to show; otherwise the one that most reports are about.",
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

    loaded = courses.load_installed(ctx)
    raise SystemExit(command.show(command.Wanted(**asked), loaded, sys.stdout))
