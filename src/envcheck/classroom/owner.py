"""Whose report it is, by the names that systems give to files when they hand them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Owner:
    """Whom a file belongs to. `number` is that of the system, or the name that it knows the learner
    by.
    """

    name: str = ""
    number: str = ""


def owner_of(parts: Sequence[str]) -> Owner | None:
    """Whom the folders and the name of a file say it belongs to; None where they say nothing."""
    for part in parts:
        if hit := MOODLE.match(part):
            return Owner(hit["name"], hit["number"])
    if SUBMITTED in parts[:-2]:
        student = parts[list(parts).index(SUBMITTED) + 1]
        return Owner("", student)
    name = parts[-1] if parts else ""
    if hit := CANVAS_ANONYMOUS.fullmatch(name):
        return Owner("", hit["number"])
    if hit := CANVAS.fullmatch(name):
        return Owner(hit["name"], hit["number"])
    if hit := BLACKBOARD.match(name):
        return Owner("", hit["number"])
    return None
