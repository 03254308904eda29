"""Somebody who is looked for by their name, in a class that is too large to be read."""

from __future__ import annotations

from typing import Any

from envcheck.classroom import html
from envcheck.classroom.roster import fold
from envcheck.classroom.text import named
from envcheck_class.web.rows import MOST, part_of
from envcheck_class.web.view import Seen


def called_so(seen: Seen, words: str) -> dict[str, Any]:
    """Everybody in whose name these words stand, however they are, who has sent nothing too."""
    wanted = fold(words)
    people = [person for person in seen.overview.people if wanted in fold(person.name)]
    rows = [
        {
            "id": int(person.reports[0].place) if person.reports else None,
            "name": named(person, seen.overview),
            "mood": html.MOODS[person.state],
            "state": person.state.value,
        }
        for person in people[:MOST]
    ]
    return part_of(rows, len(people))
