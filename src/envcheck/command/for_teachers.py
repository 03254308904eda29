"""The commands of those who teach, a course's author and its instructors. What they do is imported when
one of them is asked for: no learner's run waits for it.
"""

from __future__ import annotations

import sys
from typing import Any

import click

FORMATS = ("text", "json", "junit", "markdown", "html")


class ForInstructors(click.Group):
    """Imports its commands when one of them is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._group().list_commands(ctx)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        return self._group().get_command(ctx, name)

    def _group(self) -> click.Group:
        from envcheck.command.class_group import class_

        return class_


@click.group("class", cls=ForInstructors)
def class_() -> None:
    """For instructors: who of a class is ready, who is stuck on what, who is silent."""


@click.command()
@click.argument("chapters", metavar="[CHAPTER]...", nargs=-1)
@click.option("--course", metavar="FILE|FOLDER", help="The course's envcheck.toml.")
@click.option(
    "--python",
    "pythons",
    metavar="PATH|VERSION",
    multiple=True,
    help="A Python to rehearse on; may be repeated. Otherwise those here that the course allows.",
)
@click.option("--before", metavar="DATE", help="Install as of that day (YYYY-MM-DD); needs uv.")
@click.option("--again", is_flag=True, help="Also what was ready in the last six hours.")
@click.option("--quick", is_flag=True, help="No notebook server and no browser.")
@click.option("--notebooks", is_flag=True, help="Also run the notebooks, with their lines of pip.")
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=1200.0,
    show_default=True,
    metavar="S",
    help="Seconds for installing, and for each chapter.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 16),
    default=1,
    show_default=True,
    metavar="N",
    help="Pythons at the same time.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text")
@click.option("--output", metavar="FILE", help="Write it there instead of to the screen.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also write this format to this file; may be repeated.",
)
def rehearse(**asked: Any) -> None:  # click hands over every option, each of its own type
    """For authors: tomorrow's class, tonight. Install the course anew on each Python of this machine,
    in throw-away folders, and run its chapters there.

    Ends with 0 when every chapter is ready on each, 1 when one is not, 3 when something could not
    be told.
    """
    from envcheck.command import rehearse
    from envcheck.command.rehearsal_plan import Wanted

    raise SystemExit(rehearse.run(Wanted(**asked), sys.stdout))


@click.command()
@click.argument("kind", type=click.Choice(["course", "check", "tool"]))
@click.argument("name")
def new(kind: str, name: str) -> None:
    """For authors: begin a course (a table), a check (Python) or a tool of a track, in a new folder
    NAME with a test that passes.
    """
    from envcheck.command import new

    new.new(kind, name, sys.stdout)


@click.command()
@click.argument("folder", metavar="[FOLDER]", default=".")
@click.option("--yes", is_flag=True, help="Write what has changed without asking.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would be written.")
@click.option("--check", is_flag=True, help="For CI: whether the course file is still right.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of envcheck.toml instead.")
def adopt(schema: bool, **asked: Any) -> None:  # as above
    """For authors: read the notebooks of a course in any folder, write its envcheck.toml, and show what
    learners will stumble over. Nothing of the course is run, and nothing else is changed.

    With --check ends with 0 when the file is right, 1 when it is not, 2 when it cannot be read.
    """
    from envcheck.command import adopt, here

    if schema:
        adopt.print_schema(sys.stdout)
        return
    asked["folder"] = str(here.place(asked["folder"]))
    raise SystemExit(adopt.adopt(adopt.Wanted(**asked), sys.stdout))


@click.command()
@click.argument("folder", metavar="[FOLDER]", default=".")
@click.option("--yes", is_flag=True, help="Move files of others aside without asking.")
@click.option("--check", is_flag=True, help="For CI: whether they are those of this envcheck.")
def vendor(**asked: Any) -> None:  # as above
    """For authors: put run-envcheck.py, the wheel of this envcheck and a lock with hashes into a
    course's folder, so that learners need nothing but a clone of it.

    With --check ends with 0 when they are up to date, 1 when they are not, and writes nothing.
    """
    from envcheck.command import vendor

    raise SystemExit(vendor.vendor(vendor.Wanted(**asked), sys.stdout))


@click.command()
@click.argument("address", metavar="URL")
@click.argument("chapters", metavar="CHAPTER...", nargs=-1, required=True)
@click.option(
    "--user", "names", metavar="NAME", multiple=True, help="Visit this user; may be repeated."
)
@click.option(
    "--sample", type=click.IntRange(1), metavar="N", help="Visit so many, drawn by chance."
)
@click.option("--all", "everybody", is_flag=True, help="Visit everybody whom the token may see.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show whose server would be started.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 50),
    default=2,
    show_default=True,
    metavar="N",
    help="Servers at the same time.",
)
@click.option(
    "--start-timeout",
    "starting",
    type=click.FloatRange(1),
    default=300.0,
    show_default=True,
    metavar="S",
    help="Seconds until a server must be ready.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=180.0,
    show_default=True,
    metavar="S",
    help="Seconds for the run in it.",
)
@click.option("--quick", is_flag=True, help="No notebook server and no browser.")
@click.option("--offline", is_flag=True, help="Leave the network alone.")
@click.option("--strict", is_flag=True, help="Warnings count as failures.")
@click.option("--course", metavar="PLACE", help="The course, as the users' servers have it.")
@click.option(
    "--output", metavar="FOLDER", help="Write each report there: `class show` reads them."
)
@click.option(
    "--submit", metavar="URL", help="Send each report to this class, under the user's name."
)
@click.option(
    "--send-without-asking", "unasked", is_flag=True, help="With --submit: do not ask first."
)
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
def hub(**asked: Any) -> None:  # as above
    """For administrators of a JupyterHub: run chapters in the servers of its users, start those that
    do not run and stop them again, a few at a time. The token comes from JUPYTERHUB_API_TOKEN.

    Ends with 0 when everybody is ready, 1 when somebody is not, 3 when something could not be told.
    """
    from envcheck.command import hub
    from envcheck.command.hub_asked import Wanted

    raise SystemExit(hub.run(Wanted(**asked), sys.stdout))


COMMANDS: tuple[click.Command, ...] = (class_, rehearse, new, adopt, vendor, hub)
