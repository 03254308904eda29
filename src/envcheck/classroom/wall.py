"""The class for a screen that everybody sees: counts, and no word that stands in a report. What is
drawn from this value cannot show one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import UNTOLD, Group, Overview
from envcheck.classroom.person import Person
from envcheck.learners_system import NAMES

VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,3}")
SYSTEMS = frozenset({*NAMES.values(), *UNTOLD})
ANOTHER_CAUSE, ANOTHER_SYSTEM, ANOTHER = "another cause", "another system", "another"
A_REPORT = Handed("", "", {})


def for_the_wall(overview: Overview, catalogue: Catalogue) -> Overview:
    """The same class in words of ours: the codes that an installed course has, systems that we know,
    numbers of versions; whatever else stands there is counted together.
    """
    subject = overview.subject
    return replace(
        overview,
        course=overview.course if subject.title_is_ours else "",
        chapter=overview.chapter if subject.chapter_is_ours else "",
        people=tuple(map(_nameless, overview.learners)),
        groups=_groups(overview.groups, catalogue),
        unreadable=(),
        other_chapters={},
        versions={name: _counted(name, rows) for name, rows in overview.versions.items()},
    )


def _nameless(person: Person) -> Person:
    return Person("", person.state, (A_REPORT,) * len(person.reports), on_roster=person.on_roster)


def _groups(groups: Sequence[Group], catalogue: Catalogue) -> tuple[Group, ...]:
    """Those of our causes as they are, and the others as one."""
    ours = [_group(group.code, [group]) for group in groups if catalogue.has(group.code)]
    others = [group for group in groups if not catalogue.has(group.code)]
    return (*ours, _group(ANOTHER_CAUSE, others)) if others else tuple(ours)


def _group(code: str, groups: Sequence[Group]) -> Group:
    """Whom these meet, by number instead of by name."""
    numbers: dict[str, str] = {}
    people: dict[str, dict[str, None]] = {}
    for group in groups:
        for system, names in group.people.items():
            own = people.setdefault(_system(system), {})
            own.update({numbers.setdefault(name, str(len(numbers))): None for name in names})
    return Group(
        code,
        "",
        any(group.error for group in groups),
        {system: tuple(own) for system, own in people.items()},
    )


def _counted(name: str, rows: Mapping[str, int]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for text, number in rows.items():
        counted[_system(text) if name == "System" else _version(text)] += number
    return dict(counted.most_common())


def _system(text: str) -> str:
    return text if text in SYSTEMS else ANOTHER_SYSTEM


def _version(text: str) -> str:
    return text if VERSION.fullmatch(text) or text in UNTOLD else ANOTHER
