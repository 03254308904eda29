"""Checks in Python of a course's own, which its `envcheck.toml` names: loaded when a chapter of it
runs, and never before. What is wrong with them costs their chapter a verdict, and no other.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from envcheck.course_file.asked import systems_for
from envcheck.course_file.blame import wrong_item
from envcheck.course_file.reading import wrong
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.environment import Environment
from envcheck.lazy import Lazy
from envcheck.model import Chapter, Check, Course, Unknown
from envcheck.run.crashes import describe
from envcheck.run.own_module import NotLoaded, value_in
from envcheck.run.own_words import pages_of
from envcheck.run.pages import listed_checks

MOST = 200  # checks of one list, which may have no end


def with_own_checks(course: Course, file: CourseFile, *, named: bool) -> Course:
    """The course with the checks that its file names; `named`: the learner has named that file, so
    that what belongs to another user is run, too.
    """
    sources = dict.fromkeys(source for each in file.chapters for source in each.asked.checks)
    loaded = {source: Lazy(partial(_checks_in, source, file, named)) for source in sources}
    chapters = [_with_own(chapter, course, file, loaded) for chapter in course.chapters]
    return replace(course, chapters=tuple(chapters), own_pages=partial(pages_of, file))


def _with_own(
    chapter: Chapter, course: Course, file: CourseFile, loaded: Mapping[str, Lazy[Check]]
) -> Chapter:
    asked = file.chapter(chapter.id)
    if not asked.asked.checks:
        return chapter

    def own() -> tuple[Check, ...]:
        made, whole = _own(chapter, asked, file, loaded)
        if whole:
            _refuse_unknown_waivers(file, chapter, made)
            _refuse_unknown_systems(file, course, asked, made)
        return made

    return replace(chapter, own_checks=Lazy(own))


def _own(
    chapter: Chapter, asked: CourseChapter, file: CourseFile, loaded: Mapping[str, Lazy[Check]]
) -> tuple[tuple[Check, ...], bool]:
    """The checks of the chapter's sources, and whether that is all of them: in place of those of a
    source that cannot be used stands one that says why.
    """
    fitting, failed = _Fitting(chapter), False
    for source in asked.asked.checks:
        try:
            fitting.add(loaded[source], source.partition(":")[0])
        except NotLoaded as error:
            failed = True
            place = wrong_item(file.file, chapter.id, ("checks", source), str(error))
            fitting.made[source] = _unusable(source, chapter.id, str(place))
    return tuple(_as_said(check, asked, file) for check in fitting.made.values()), not failed


def _checks_in(source: str, file: CourseFile, named: bool) -> list[Check]:
    """What stands under this name. Raises NotLoaded."""
    value = value_in(source, file.file, named=named)
    if isinstance(value, Check):
        return [value]
    checks: list[object] = []
    try:
        for each in value if isinstance(value, Iterable) else (value,):
            checks.append(each)
            if not isinstance(each, Check) or len(checks) > MOST:
                break
    except Exception as error:
        raise NotLoaded(f"it cannot be read as a list: {describe(error)}") from error
    odd = next((each for each in checks if not isinstance(each, Check)), None)
    if odd is not None:
        raise NotLoaded(f"it holds {type(odd).__name__}, not an envcheck.Check")
    if not checks or len(checks) > MOST:
        raise NotLoaded(f"it holds more than {MOST} checks" if checks else "it holds no check")
    return [each for each in checks if isinstance(each, Check)]


class _Fitting:
    """Checks as those of this chapter, with what they need. A need that the chapter has already, by
    its id, is the chapter's own.
    """

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter.id
        self.there = {check.id: check for check in chapter.checks}
        self.made: dict[str, Check] = {}

    def add(self, checks: Sequence[Check], owner: str) -> None:
        """Raises NotLoaded."""
        taken = {*self.there, *self.made}
        listed: list[str] = []
        for check in checks:
            if check.id in (*taken, *listed):
                raise NotLoaded(f"its check `{check.id}` has the id of another in this chapter")
            listed.append(check.id)
        try:
            new: dict[str, Check] = {}
            for check in checks:
                self._fit(check, owner, new)
        except (AttributeError, TypeError, RecursionError) as error:
            raise NotLoaded(f"its checks cannot be used: {describe(error)}") from error
        self.made.update(new)

    def _fit(self, check: Check, owner: str, new: dict[str, Check]) -> Check:
        there = {**self.there, **self.made, **new}
        if check.id in there:
            return there[check.id]
        needs = tuple(self._fit(need, owner, new) for need in check.needs)
        beside = tuple(self._fit(each, owner, new) for each in check.explained_by)
        new[check.id] = replace(
            check, needs=needs, explained_by=beside, scope=self.chapter, owner=check.owner or owner
        )
        return new[check.id]


def _as_said(check: Check, asked: CourseChapter, file: CourseFile) -> Check:
    waiver = file.waived.get(f"{asked.id}.{check.id}")
    return replace(
        check,
        only_on=systems_for(asked.asked.only, check.id) or check.only_on,
        waiver=waiver.on(datetime.date.today()) if waiver else None,
    )


def _unusable(source: str, chapter: str, why: str) -> Check:
    return Check(
        f"checks.{source.replace(':', '.').replace('/', '.')}",
        "Own checks",
        partial(_not_told, why),
        proves="the course's own checks can be loaded",
        scope=chapter,
    )


def _not_told(why: str, _: Environment) -> Unknown:
    return Unknown(f"the course's own checks cannot be loaded: {why}")


def _refuse_unknown_waivers(file: CourseFile, chapter: Chapter, own: Sequence[Check]) -> None:
    ids = {check.id for check in (*chapter.checks, *own)}
    for name in file.waived:
        id = name.removeprefix(f"{chapter.id}.")
        if id != name and id not in ids:
            raise wrong(file.file, ("waive", name), f"no chapter has a check `{name}`")


def _refuse_unknown_systems(
    file: CourseFile, course: Course, asked: CourseChapter, own: Sequence[Check]
) -> None:
    """What `only` says of a check that no chapter has; where another chapter has checks in Python that
    this one has not, nobody can tell before those are loaded.
    """
    if any({*each.asked.checks} - {*asked.asked.checks} for each in file.chapters):
        return
    there = {check.id for check in own}
    for id in dict.fromkeys(id for row in asked.asked.only for id in row.checks):
        listed = (listed_checks(each) for each in course.chapters)
        if id not in there and not any(
            problem or id in {check.id for check in checks} for checks, problem in listed
        ):
            reason = f"no chapter has a check `{id}`"
            raise wrong_item(file.file, asked.id, ("only", "checks", id), reason)
