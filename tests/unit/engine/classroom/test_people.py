from __future__ import annotations

import dataclasses
from typing import Any

from tests.unit.engine.classroom.class_reports import NOW, STUCK, document, handed

from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.roster import Learner
from envcheck.classroom.sources import File
from envcheck.classroom.standing import State

ROSTER = [
    Learner("Reinhard Fuchs", frozenset({"fox"}), frozenset({"reinhardfuchs"})),
    Learner("Sam Still", frozenset({"sam"}), frozenset({"samstill"})),
]


def seen(*sent: tuple[int, dict[str, Any]]) -> Overview:
    files = [File((), dataclasses.replace(handed(one), machine=number)) for number, one in sent]
    return overview(files, ROSTER, Asked("chapter2"), NOW)


def test_everybody_counts_once_and_every_machine_is_shown() -> None:
    ready, stuck = document(alias="fox"), {**STUCK, "alias": "fox"}
    found = seen((1, ready), (2, stuck), (3, ready))
    assert [(one.name, one.state, one.further) for one in found.people] == [
        ("Sam Still", State.SILENT, False),
        ("Reinhard Fuchs, machine 2", State.STUCK, True),
        ("Reinhard Fuchs", State.READY, False),
        ("Reinhard Fuchs, machine 3", State.READY, True),
    ]
    assert sum(found.counts.values()) == 2 and found.groups == ()


def test_where_the_first_machine_was_removed_the_next_one_counts() -> None:
    """And nobody is silent who has sent something."""
    found = seen((2, document(alias="fox")), (3, {**STUCK, "alias": "fox"}))
    assert [(one.name, one.state) for one in found.learners] == [
        ("Sam Still", State.SILENT),
        ("Reinhard Fuchs, machine 2", State.READY),
    ]
