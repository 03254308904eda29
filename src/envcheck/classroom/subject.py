"""What a class is about: its chapter, its course, and the revision by which reports are measured. It is
told by what is installed here and by what several learners have; no single report tells it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.roster import Learner
from envcheck.classroom.standing import Measure
from envcheck.model import Course
from envcheck.printable import one_line

SEVERAL = 2  # learners: what fewer have is no news about the course
Reports = Mapping[Learner | str, Sequence[Handed]]


@dataclass(frozen=True)
class Asked:
    """What is to be shown: `chapter` is empty for the one that most learners' reports are about.
    `courses` are those that are installed here; `course` is the title of the class's own, where it
    was opened for one.
    """

    chapter: str = ""
    days: float | None = None
    courses: Sequence[Course] = ()
    course: str = ""


@dataclass(frozen=True)
class Subject:
    """`others` are the chapters of reports that are about none but others, with how many there are.
    `chapter_is_ours` and `title_is_ours`: it was not taken from a report.
    """

    chapter: str
    title: str
    measure: Measure
    others: Mapping[str, int]
    chapter_is_ours: bool
    title_is_ours: bool


def subject_of(reports: Reports, asked: Asked, now: datetime) -> Subject:
    """What the class is about, of whose reports these are."""
    installed = {
        chapter.id: course
        for course in reversed(asked.courses)
        for chapter in (*course.tracks, *course.chapters)
    }
    chapter = asked.chapter or _chapter(reports, installed)
    newest = [newest for own in reports.values() if (newest := _newest_about(chapter, own))]
    id = _course(newest, chapter, asked)
    ours = next((course for course in _with(chapter, asked.courses) if course.id == id), None)
    about = [report for report in newest if report.course == id]
    measuring = _measuring(about, now)
    revision = ours.revision if ours else measuring.revision if measuring else ""
    return Subject(
        chapter=one_line(chapter),
        title=ours.title if ours else _title(about),
        measure=Measure(revision, now, asked.days, id, installed=ours is not None),
        others=_others(reports, chapter),
        chapter_is_ours=bool(asked.chapter) or chapter in installed,
        title_is_ours=ours is not None,
    )


def _chapter(reports: Reports, installed: Mapping[str, Course]) -> str:
    """The one that most learners have a report about, however many reports one of them has."""
    counted = Counter(
        name
        for own in reports.values()
        for name in {name for report in own for name in report.document["chapters"]}
    )
    return max(counted, key=lambda name: (counted[name], name in installed, name), default="")


def _others(reports: Reports, chapter: str) -> dict[str, int]:
    counted = Counter(
        one_line(name)
        for own in reports.values()
        for report in own
        if chapter not in report.document["chapters"]
        for name in report.document["chapters"]
    )
    return dict(sorted(counted.items()))


def _newest_about(chapter: str, own: Sequence[Handed]) -> Handed | None:
    about = [report for report in own if chapter in report.document["chapters"]]
    return max(about, key=lambda report: report.started, default=None)


def _with(chapter: str, courses: Sequence[Course]) -> list[Course]:
    """The installed courses that have this chapter, or a track of that name."""
    return [
        course
        for course in courses
        if any(listed.id == chapter for listed in (*course.chapters, *course.tracks))
    ]


def _course(newest: Sequence[Handed], chapter: str, asked: Asked) -> str:
    """The id of the class's own course, else of the one that most learners have."""
    installed = _with(chapter, asked.courses)
    own = next((course.id for course in installed if course.title == asked.course), "")
    counted = Counter(report.course for report in newest)
    ids = {course.id for course in installed}
    return own or max(counted, key=lambda id: (counted[id], id in ids, id), default="")


def _measuring(about: Sequence[Handed], now: datetime) -> Handed | None:
    """The newest report with a revision that several learners have; with any, where no two have the
    same. One whose clock is ahead is left out where there is any other.
    """
    counted = Counter(report.revision for report in about)
    shared = [report for report in about if counted[report.revision] >= SEVERAL] or about
    honest = [report for report in shared if report.started <= now + timedelta(days=1)]
    return max(honest or shared, key=lambda report: report.started, default=None)


def _title(about: Sequence[Handed]) -> str:
    """What most of them call the course."""
    counted = Counter(
        one_line(report.document["course"].get("title") or report.course) for report in about
    )
    return max(counted, key=lambda title: (counted[title], title), default="")
