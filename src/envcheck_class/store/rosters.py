"""The roster of a class, as it is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from envcheck.classroom.roster import Learner


def as_text(learners: Sequence[Learner]) -> str:
    """The roster as JSON, as the database keeps it."""
    rows = [[learner.name, sorted(learner.ids), sorted(learner.names)] for learner in learners]
    return json.dumps(rows, ensure_ascii=False)


@lru_cache(maxsize=8)  # who is logged in asks for their class with each request
def learners_of(text: str) -> tuple[Learner, ...]:
    """The roster from what `as_text` wrote."""
    return tuple(
        Learner(name, frozenset(ids), frozenset(names))
        for name, ids, names in json.loads(text)  # noqa: TID251  # our own text
    )
