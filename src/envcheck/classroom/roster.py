"""Who is in the class: the table that a course's system exports, whatever its columns are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from envcheck.classroom.table import fold as fold  # noqa: PLC0414  # its other home
from envcheck.classroom.table import read_table
from envcheck.errors import UsageProblem
from envcheck.printable import one_line

# Headings in small letters, as Moodle, Canvas, Blackboard, nbgrader and spreadsheets have them.
ALIASES = ("alias",)
FULL_NAMES = ("full name", "student", "student name", "name", "learner", "participant")
FIRST_NAMES = (
    "first name",
    "firstname",
    "first_name",
    "given name",
    "forename",
    "vorname",
    "prénom",
)
LAST_NAMES = (
    "last name",
    "lastname",
    "last_name",
    "surname",
    "family name",
    "nachname",
    "nom",
)
IDS = (
    "username",
    "user name",
    "login",
    "login id",
    "sis login id",
    "sis user id",
    "id",
    "id number",
    "student id",
    "student_id",
    "identifier",
    "user id",
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "e-mail-adresse",
    "lms_user_id",
)
KNOWN = {*ALIASES, *FULL_NAMES, *FIRST_NAMES, *LAST_NAMES, *IDS}
NOBODY = ("points possible", "student, test", "test student")  # rows that Canvas adds


# Systems count their learners by themselves: a number of theirs is none of another column.
MOODLE_IDS = ("identifier",)  # of its grading worksheet: `Participant 4711`, in any language
CANVAS_IDS = ("id", "lms_user_id")
PARTICIPANT = re.compile(r"[^\W\d]{4,}\D*?(\d+)")


def moodle_number(number: str) -> str:
    """The name of a participant by the number that Moodle gives them for one assignment."""
    return f"Participant {number}"


def canvas_number(number: str) -> str:
    """The name of somebody by their number in Canvas."""
    return f"Canvas {number}"


@dataclass(frozen=True)
class Learner:
    """Somebody in the class. `ids` are all names by which a system, or they themselves, may call
    them, in small letters.
    """

    name: str
    ids: frozenset[str]
    names: frozenset[str]


def read(file: str) -> tuple[Learner, ...]:
    """Everybody in this table, in its order. Raises UsageProblem, which names the file, the line
    and the column.
    """
    table = read_table(file, KNOWN)
    learners = [
        learner
        for row in table.rows[table.start + 1 :]
        if (learner := _learner(dict(zip(table.heading, row, strict=False)))) is not None
    ]
    if not learners:
        raise UsageProblem(f"the roster {file} names nobody below its line {table.start + 1}")
    return tuple(dict.fromkeys(learners))


class Called:
    """Who of a roster is called so, by identifiers first and by names else."""

    def __init__(self, roster: Sequence[Learner]) -> None:
        self._by_id: dict[str, list[Learner]] = {}
        self._by_name: dict[str, list[Learner]] = {}
        for learner in roster:
            for word in learner.ids:
                self._by_id.setdefault(word, []).append(learner)
            for word in learner.names:
                self._by_name.setdefault(word, []).append(learner)

    def has(self, number: str, name: str) -> bool:
        """Whether one learner has this identifier, and this name too where there is one."""
        fitting = self._by_id.get(fold(number), [])
        return len(fitting) == 1 and (not name or bool(letters(name) & fitting[0].names))

    def find_learner(self, number: str, name: str) -> Learner | None:
        """The one learner with this identifier, or else with this name; None where there is none,
        or more than one.
        """
        if not self._by_id and not self._by_name:
            return None
        fitting = self._by_id.get(fold(number), [])
        if len(fitting) != 1 and self._by_name:
            spelled = [learner for word in letters(name) for learner in self._by_name.get(word, [])]
            fitting = [*dict.fromkeys(spelled)]
        return fitting[0] if len(fitting) == 1 else None


def letters(name: str) -> frozenset[str]:
    """A person's name in every order of its words that systems write, with letters and digits
    alone: `Müller, Anna` and `annamuller` meet.
    """
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(character)
    )
    words = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return frozenset("".join(words[turn:] + words[:turn]) for turn in range(len(words)))


def _learner(row: Mapping[str, str]) -> Learner | None:
    def cells(names: Sequence[str]) -> list[str]:
        return [text for name in names if (text := one_line(row.get(name) or ""))]

    first, last = cells(FIRST_NAMES), cells(LAST_NAMES)
    full = cells(FULL_NAMES)
    name = " ".join([*first[:1], *last[:1]]) or (full[0] if full else "")
    if fold(name) in NOBODY:
        return None
    aliases, ids = cells(ALIASES), cells(IDS)
    shown = name or (aliases or ids or [""])[0]
    if not shown:
        return None
    called = [*aliases, *ids, *full, *([name] if name else [])]
    moodle = [hit[1] for word in cells(MOODLE_IDS) if (hit := PARTICIPANT.fullmatch(word))]
    numbers = [*map(moodle_number, moodle), *map(canvas_number, cells(CANVAS_IDS))]
    before_at = [word.partition("@")[0] for word in ids if "@" in word]
    return Learner(
        shown,
        frozenset(fold(word) for word in (*called, *numbers, *before_at)),
        frozenset(spelling for word in (name, *full) if word for spelling in letters(word)),
    )
