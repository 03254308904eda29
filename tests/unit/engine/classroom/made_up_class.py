"""A class in which there is some of everything, for pictures and for looking at."""

from __future__ import annotations

from tests.unit.engine.classroom.class_reports import cause, document, file

from envcheck.classroom.roster import Learner, fold, letters

NAMES = (
    "Amara Diallo",
    "Ben Okafor",
    "Chiara Rossi",
    "Dmitri Ivanov",
    "Eve O'Neil",
    "Farid Khan",
    "Grace Lindqvist",
    "Hana Sato",
    "Igor Novak",
    "Jo Smith",
    "Kim Park",
    "Lea Vogel",
)
ROSTER = [
    Learner(name, frozenset({fold(name), str(4700 + number)}), letters(name))
    for number, name in enumerate(NAMES)
]
COURSE = {"id": "ml", "revision": "2026-11", "title": "ML for Software Engineers"}
KERNEL = cause(summary='the kernel "Python 3" starts another Python than yours')
PACKAGES = cause("packages-missing", summary="pandas and matplotlib are not installed")
DISK = cause("disk-low", "warning", "less than 2 GB of the disk are free")


def _when(hour: int) -> str:
    return f"2026-11-28T{hour:02}:12:00Z"


# Two of the roster hand in nothing; the numbers are those of Moodle.
HANDED_IN = (
    (0, document("not-ready", [KERNEL], system="Windows", started=_when(9))),
    (0, document("not-ready", [PACKAGES], system="Windows", started=_when(8))),
    (1, document("not-ready", [KERNEL], system="macOS", started=_when(10))),
    (3, document("not-ready", [PACKAGES], system="Windows", started=_when(7))),
    (4, document("undetermined", started=_when(11))),
    (5, document(complete=False, started=_when(10))),
    (6, document(course={**COURSE, "revision": "2025-11"}, started=_when(6))),
    (7, document(causes=[DISK], system="macOS", started=_when(9))),
    (8, document(system="Windows", started=_when(9))),
    (9, document(started=_when(8))),
    (11, document(system="macOS", started=_when(11))),
)
REPORTS = [
    file(
        f"{NAMES[number]}_{4700 + number}_assignsubmission_file/report-{place}.json",
        {**report, "course": {**COURSE, **report["course"], "title": COURSE["title"]}},
    )
    for place, (number, report) in enumerate(HANDED_IN)
]
