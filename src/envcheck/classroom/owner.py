"""Whose report it is, by the names that systems give to files when they hand them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from envcheck.classroom.roster import canvas_number, moodle_number

# Moodle, mod/assign/classes/downloader.php: the full name without underscores, the number of the
# participant, and the part of the submission; as a folder or before the file's own name.
MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_|$)")
# Canvas, lib/content_zipper.rb: the sortable name in small letters and nothing but letters, LATE,
# the number of the learner, that of the file, and its name. Anonymous ones are called `anon`.
CANVAS = re.compile(r"(?P<name>[^\W_]+)(?:_LATE)?_(?P<number>\d+)_\d+_.+")
CANVAS_ANONYMOUS = re.compile(r"anon(?:_LATE)?_(?P<number>[A-Za-z0-9]+)_\d+_.+")
# Blackboard, as nbgrader's zip_collect reads it (docs/source/user_guide/managing_assignment_files):
# the assignment, the learner's own name in the system, the time of the attempt.
BLACKBOARD = re.compile(r".*?_(?P<number>[^_]+)_attempt_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d(?:_|\.)")
# nbgrader: submitted/STUDENT/ASSIGNMENT/FILE
SUBMITTED = "submitted"
DEEP = 3  # names that stand below it


@dataclass(frozen=True)
class Owner:
    """Whom a file belongs to. `number` is that of the system, with a word for the system where it
    counts by itself, or the name that it knows the learner by. `among` is where the files of the
    others lie.
    """

    name: str = ""
    number: str = ""
    among: str = field(default="", compare=False)


def owner_of(parts: Sequence[str]) -> Owner | None:
    """Whom the folders and the name of a file say it belongs to; None where they say nothing. The
    outermost that says it decides: what lies in there, zips too, the learner has named.
    """
    for place, part in enumerate(parts):
        owner = _moodle(part)
        if owner is None and part == SUBMITTED and len(parts) > place + DEEP:
            owner = _moodle(parts[place + 1]) or Owner("", parts[place + 1])
        if owner is None and (place == len(parts) - 1 or is_zip(part)):
            owner = _of_file(part)
        if owner is not None:
            return replace(owner, among="/".join(parts[:place]))
    return None


def is_zip(name: str) -> bool:
    """Whether a name is that of a zip."""
    return name.lower().endswith(".zip")


def is_unmistakable(name: str) -> bool:
    """Whether nobody gives a file such a name by chance: Canvas's are short."""
    return bool(MOODLE.match(name) or BLACKBOARD.match(name))


def _moodle(part: str) -> Owner | None:
    hit = MOODLE.match(part)
    return Owner(hit["name"], moodle_number(hit["number"])) if hit else None


def _of_file(name: str) -> Owner | None:
    """Of what was handed in as it is: no folder is called so."""
    if hit := CANVAS_ANONYMOUS.fullmatch(name):
        return Owner("", hit["number"])
    if hit := CANVAS.fullmatch(name):
        return Owner(hit["name"], canvas_number(hit["number"]))
    if hit := BLACKBOARD.match(name):
        return Owner("", hit["number"])
    return None
