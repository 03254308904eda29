"""The options that every run takes, as the command line shows them."""

from __future__ import annotations

import click

from envcheck.reports import FORMATS


def run_options(command: click.Command) -> click.Command:
    """The command, with the options that every run takes."""
    command.params.extend(
        [*_report(), *_class(), *_selection(), *_fixing(), *_judging(), *_limits(), *_appearance()]
    )
    return command


def _report() -> tuple[click.Option, ...]:
    """Which Python is examined, and where the report goes."""
    return (
        click.Option(
            ["--python"],
            metavar="PATH|VERSION",
            help="The Python to examine; otherwise it is located, and the report says why that one.",
        ),
        click.Option(
            ["--format", "format_"],
            default="text",
            metavar="FORMAT",
            help=f"One of {', '.join(FORMATS)}.",
        ),
        click.Option(
            ["--output"], metavar="FILE", help="Write the report there instead of to the screen."
        ),
        click.Option(
            ["--report", "reports"],
            multiple=True,
            metavar="FORMAT=FILE",
            help="Also write this format to this file; may be repeated.",
        ),
    )


def _class() -> tuple[click.Option, ...]:
    """Whose report it is, and whether it goes to a class."""
    return (
        click.Option(
            ["--as", "alias"],
            metavar="ALIAS",
            help="A name of your choice, by which your instructor knows whose report it is.",
        ),
        click.Option(
            ["--join"],
            metavar="LINK",
            help="Hand the report in to your class: the link that your instructor gave. Shows it and asks.",
        ),
        click.Option(
            ["--submit"],
            metavar="URL",
            help="The same with --as ALIAS, which is then never asked for.",
        ),
        click.Option(
            ["--send-without-asking", "unasked"],
            is_flag=True,
            help="With --join or --submit: neither show the report nor ask.",
        ),
    )


def _selection() -> tuple[click.Option, ...]:
    """Which checks run."""
    return (
        click.Option(
            ["--only"],
            multiple=True,
            metavar="ID",
            help="Run this check and what it needs; may be repeated.",
        ),
        click.Option(
            ["--skip"], multiple=True, metavar="ID", help="Do not run this check; may be repeated."
        ),
        click.Option(
            ["--with", "tracks"],
            multiple=True,
            metavar="TRACK",
            help="Add a track; may be repeated.",
        ),
        click.Option(["--quick"], is_flag=True, help="No notebook server and no browser."),
        click.Option(
            ["--deep"],
            is_flag=True,
            help="Also the slow proofs: a real browser, a whole new environment.",
        ),
        click.Option(
            ["--notebooks"],
            is_flag=True,
            help="Also run the chapter's notebooks, in a copy of the course.",
        ),
        click.Option(["--installing-cells", "installing"], is_flag=True, hidden=True),
        click.Option(["--offline"], is_flag=True, help="Leave the network alone."),
    )


def _fixing() -> tuple[click.Option, ...]:
    """Whether the fix is carried out."""
    return (
        click.Option(
            ["--fix"],
            is_flag=True,
            help="Show the steps of the fix, ask, carry them out, check again.",
        ),
        click.Option(
            ["--dry-run"], is_flag=True, help="Only show the steps of the fix; needs no --fix."
        ),
        click.Option(["--yes"], is_flag=True, help="With --fix: do not ask."),
    )


def _judging() -> tuple[click.Option, ...]:
    """What the machine is measured by."""
    return (
        click.Option(["--strict"], is_flag=True, help="Warnings count as failures."),
        click.Option(
            ["--course"],
            metavar="FILE|FOLDER|URL",
            help="A course that is not installed: an envcheck.toml, or a Python file with a COURSE.",
        ),
        click.Option(
            ["--trust-course"],
            is_flag=True,
            help="With --course URL: run it without being shown it and asked.",
        ),
    )


def _limits() -> tuple[click.Option, ...]:
    """How long, and how much at the same time."""
    return (
        click.Option(
            ["--timeout"],
            type=click.FloatRange(1),
            default=90.0,
            show_default=True,
            metavar="S",
            help="Seconds for the whole run.",
        ),
        click.Option(
            ["--jobs"],
            type=click.IntRange(1, 64),
            default=8,
            show_default=True,
            metavar="N",
            help="Checks at the same time.",
        ),
    )


def _appearance() -> tuple[click.Option, ...]:
    """How the text looks."""
    return (
        click.Option(
            ["--verbose"], is_flag=True, help="Show every check with its id and its time."
        ),
        click.Option(["--no-color", "plain"], is_flag=True, help="No colour (so does NO_COLOR)."),
    )
