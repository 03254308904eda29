"""`envcheck vendor`: puts envcheck into a course's repository, so that a clone of it is enough."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import envcheck
from envcheck.command.again import started_words
from envcheck.command.here import place as typed_place
from envcheck.command.terminal import terminal_helper
from envcheck.course_file import reading, values
from envcheck.errors import UsageProblem
from envcheck.printable import for_a_log
from envcheck.sentences import listed
from envcheck.target import shells
from envcheck.target.locate import learner_variables
from envcheck.vendoring import folder, installed
from envcheck.vendoring.folder import Standing

CURRENT, OLD = 0, 1
UNCHANGED = "Nothing was changed."


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    folder: str = "."
    yes: bool = False
    check: bool = False


def vendor(wanted: Wanted, out: TextIO) -> int:
    """Write the three files, or say whether they are those of this envcheck; the exit code. Raises
    UsageProblem, NotWritten.
    """
    place = typed_place(wanted.folder)
    if not os.path.isdir(place):
        raise UsageProblem(f"{place}: there is no such folder")
    if os.path.isfile(place / "src" / "envcheck" / "__init__.py"):
        raise UsageProblem(f"{place}: this is envcheck's own repository")
    names = (installed.wheel_name(), installed.LOCK)
    files = installed.files(folder.present(place, names))
    now = folder.standing(place, files)
    if now.current:
        text, code = (
            f"envcheck {envcheck.__version__} is in {place}. {UNCHANGED}\n",
            CURRENT,
        )
    elif wanted.check:
        text, code = _told(wanted.folder, now), OLD
    elif now.foreign and not _agreed(now, wanted.yes):
        text, code = f"{UNCHANGED}\n", OLD
    else:
        aside = folder.write(place, files, now)
        text, code = _written(place, files, aside), CURRENT
    out.write(for_a_log(text))
    out.flush()
    return code


def _told(typed: str, now: Standing) -> str:
    """What is not as this envcheck would write it, and the line that does."""
    missing, other = now.new, (*now.changed, *now.foreign, *now.older)
    facts = [
        *([f"{listed(missing)}: missing"] if missing else []),
        *(
            [f"{listed(other)}: not of envcheck {envcheck.__version__} as it is here"]
            if other
            else []
        ),
    ]
    return f"{'; '.join(facts)}. {UNCHANGED}\nNext step:\n    {_line('vendor', typed)}\n"


def _agreed(now: Standing, yes: bool) -> bool:
    author = terminal_helper(dry=False, yes=yes)
    question = f"Move aside {listed(now.foreign)}, which envcheck did not write?"
    return author.confirm(question)


def _written(place: Path, files: dict[str, bytes], aside: dict[str, str]) -> str:
    moved = [f"{name} was not envcheck's: it is now {other}." for name, other in aside.items()]
    shell = shells.learners(learner_variables())
    add = shells.command(("git", "add", "-f", *sorted(files)), shell)
    return "\n".join(
        [
            f"Written to {place}: {listed(sorted(files))}.",
            *moved,
            "In a clone of the course learners type:",
            f"    python3 {installed.STARTED} {_chapter(place)}",
            "Keep the files with the course:",
            f"    {add}",
            "",
        ]
    )


def _chapter(place: Path) -> str:
    """A chapter that this course has."""
    try:
        chapters = reading.read(place / values.NAME).chapters
    except (UsageProblem, OSError):
        chapters = ()
    return next((chapter.id for chapter in chapters), "chapter2")


def _line(*words: str) -> str:
    variables = learner_variables()
    return shells.command((*started_words(variables), *words), shells.learners(variables))
