"""`envcheck class open`, `list`, `close`, `forget`, `export` and `import`: what is kept of classes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from envcheck import private_file
from envcheck.classroom import roster
from envcheck.errors import NotWritten, UsageProblem, unknown
from envcheck.model import Course
from envcheck.printable import one_line
from envcheck.sentences import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from envcheck_class.store.classes import Class, Codes, Counted
    from envcheck_class.store.database import Database

LONGEST_NAME = 64  # characters
READ, NOTHING_READ = 0, 3  # how `import` ends, as `show` does
ADDRESS = "http://127.0.0.1:8765"  # where `class serve` answers when it is told nothing else


@dataclass(frozen=True)
class Opened:
    """A class that is asked for. `url` is how learners reach the server."""

    name: str
    chapter: str
    roster: str | None
    url: str
    keep_days: int


def open_class(place: Database, asked: Opened, courses: Sequence[Course], out: TextIO) -> None:
    """Open it, and show its codes, this once. Raises UsageProblem."""
    from envcheck_class.store import classes

    name = one_line(asked.name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise UsageProblem(f"a class's name has 1 to {LONGEST_NAME} letters")
    title = _course_of(asked.chapter, courses)
    learners = roster.read(asked.roster) if asked.roster else None
    opening = classes.Opening(name, asked.chapter, title, time.time(), asked.keep_days, learners)
    url = server_address(asked.url)
    with place.writing() as connection:
        codes = classes.open_class(connection, opening)
    out.write(_told(asked, name, url, codes))


def server_address(url: str) -> str:
    """The address as it is written in front of codes. Raises UsageProblem for one to which no
    learner's envcheck would send.
    """
    from urllib.parse import urlsplit

    parts = urlsplit(url.rstrip("/"))
    loopback = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or parts.path or parts.scheme not in ("https", "http"):
        raise UsageProblem(f"--url {url}: it takes an address such as https://class.example.org")
    if parts.scheme == "http" and not loopback:
        raise UsageProblem(f"--url {url}: reports are sent by https alone, except to this machine")
    return f"{parts.scheme}://{parts.netloc}"


def _course_of(chapter: str, courses: Sequence[Course]) -> str:
    chapters = {listed.id: course for course in reversed(courses) for listed in course.chapters}
    if chapter not in chapters:
        raise unknown("chapter", chapter, chapters)
    return chapters[chapter].title


def _told(asked: Opened, name: str, url: str, codes: Codes) -> str:
    return "\n".join(
        (
            f"The class {name} is open, for {asked.chapter}.",
            "",
            "Learners type this, in the folder in which they work; the link shows it too:",
            f"    envcheck {asked.chapter} --join {url}/{codes.learner}",
            "",
            f"You log in at {url}/login with   {_spaced(codes.instructor)}",
            f"Helpers log in there with   {_spaced(codes.helper)}",
            "",
            "Keep these now: they are shown this once, and only their hashes are kept.",
            f"What arrives is deleted after {number_of(asked.keep_days, 'day')}{_of_the_roster(asked)}. "
            "The server: envcheck class serve",
            "",
        )
    )


def _of_the_roster(asked: Opened) -> str:
    return ", the roster when nothing has arrived for as long" if asked.roster else ""


def _spaced(code: str) -> str:
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def list_classes(place: Database, out: TextIO) -> None:
    """Print a line for each class that is kept."""
    from envcheck_class.store import classes

    with place.reading() as connection:
        rows = classes.all_of(connection)
    out.write("".join(_line(row) for row in rows) or "No class is kept here.\n")


def _line(counted: Counted) -> str:
    row = counted.row
    state = "open" if row.closed is None else "closed"
    day = datetime.fromtimestamp(row.opened, timezone.utc).strftime("%Y-%m-%d")
    return (
        f"{one_line(row.name)}: {row.chapter}, {state}, opened {day}, "
        f"{number_of(counted.reports, 'report')} from {number_of(counted.machines, 'machine')}, "
        f"each deleted after {number_of(row.keeps_days, 'day')}\n"
    )


def close(place: Database, name: str, out: TextIO) -> None:
    """Take no more reports. Raises UsageProblem."""
    from envcheck_class.store import classes

    with place.writing() as connection:
        row = classes.named(connection, name)
        classes.close(connection, row.id, time.time())
    out.write(f"The class {one_line(row.name)} takes no more reports. What is there stays.\n")


def forget(place: Database, name: str, alias: str | None, out: TextIO) -> None:
    """Delete the class, or one alias of it. Raises UsageProblem."""
    from envcheck_class.store import classes

    with place.writing() as connection:
        row = classes.named(connection, name)
        if alias is None:
            classes.forget(connection, row.id)
            told = f"The class {one_line(row.name)} and everything in it is deleted.\n"
        else:
            told = _forget_learner(connection, row, alias)
    place.tidy()
    out.write(told)


def _forget_learner(connection: Connection, row: Class, alias: str) -> str:
    """What is told of it. Raises UsageProblem where there is nothing of theirs."""
    from envcheck_class.store import deleting, whose

    theirs = whose.called(connection, row, alias)
    alike = one_line(", ".join(theirs.alike))
    if not deleting.alias(connection, row.id, alias):
        there = f"; there is {alike}, which may be another's" if alike else ""
        raise UsageProblem(f"the class {row.name} has nothing of {alias}{there}")
    roster = [f"{theirs.learner.name} of the roster"] if theirs.learner else []
    names = one_line(", ".join(dict.fromkeys((*roster, *theirs.aliases))))
    left = f"Left, for it may be another's: {alike}.\n" if alike else ""
    return f"Everything about {names} is deleted from {one_line(row.name)}.\n{left}"


def export(place: Database, name: str, alias: str | None, file: str, out: TextIO) -> None:
    """Write everything into a zip, for its owner alone. Raises UsageProblem and NotWritten."""
    from envcheck_class.store import classes, exporting, whose

    try:
        with private_file.whole(Path(file)) as opened, place.reading() as connection:
            row = classes.named(connection, name)
            if alias is not None and not whose.called(connection, row, alias).is_there:
                raise UsageProblem(f"the class {name} has nothing of {alias}")
            count = exporting.write(connection, row, alias, opened)
    except OSError as error:
        raise NotWritten(f"{file} could not be written: {error.strerror}") from None
    out.write(f"{number_of(count, 'report')} of {one_line(row.name)} {_are(count)} in {file}.\n")


def import_(place: Database, name: str, places: Sequence[str], out: TextIO) -> int:
    """Put reports to those that were sent; 3 where nothing could be read, else 0. Raises UsageProblem."""
    from envcheck_class.store import classes, importing

    with place.reading() as connection:
        row = classes.named(connection, name)
    done = importing.put(place, row, places, time.time())
    out.write(f"{number_of(done.new, 'new report')} {_are(done.new)} in {one_line(row.name)}.\n")
    if done.records:
        out.write(f"{number_of(done.records, 'machine')} gave none when asked.\n")
    for unreadable in done.refused:
        out.write(f"Not taken: {one_line(unreadable.place)}: {unreadable.reason}\n")
    return READ if done.read else NOTHING_READ


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
