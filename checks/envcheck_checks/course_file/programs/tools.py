"""Tools that a course uses, by the ids that the bundled course's tracks give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from envcheck import Chapter, Check
from envcheck.course_file.blame import wrong_item
from envcheck.course_file.values import CourseFile
from envcheck_checks.course_file.chapter_place import ChapterPlace

OWN = ("python",)  # what a track asks of Python itself, a chapter asks in its own words


def tools_work(
    ids: Sequence[str],
    file: CourseFile,
    tracks: Sequence[Chapter],
    place: ChapterPlace,
    first: Check,
) -> Iterator[Check]:
    """The checks of these tools in this chapter, each after what it needs, once. Raises UsageProblem
    for one that no track has.
    """
    every = {check.id: check for track in tracks for check in track.checks}
    available = {id: check for id, check in every.items() if id not in OWN}
    made: dict[str, Check] = {}
    for id in ids:
        if id not in available:
            near = get_close_matches(id, available, n=1, cutoff=0.5)
            hint = f"the nearest is `{near[0]}`" if near else f"there are {', '.join(available)}"
            reason = f"there is no tool `{id}`; {hint}"
            raise wrong_item(file.file, place.scope, ("tools", id), reason)
        _make(available[id], available, made, place.scope, first)
    yield from made.values()


def _make(
    check: Check,
    available: Mapping[str, Check],
    made: dict[str, Check],
    scope: str,
    first: Check,
) -> Check:
    """This check with its needs, as checks of this chapter."""
    if check.id not in made:
        needs = tuple(
            _make(need, available, made, scope, first) if need.id in available else first
            for need in check.needs
        )
        beside = tuple(made[each.id] for each in check.explained_by if each.id in made)
        made[check.id] = replace(check, needs=needs, explained_by=beside, scope=scope)
    return made[check.id]
