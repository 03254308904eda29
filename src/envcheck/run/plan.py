"""A course and a selection become the checks to run, in order, or a usage problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from graphlib import CycleError, TopologicalSorter
from types import FunctionType

from envcheck.environment import Options
from envcheck.errors import UsageProblem, unknown
from envcheck.learners_system import only_on, system_of
from envcheck.model import Chapter, Check, Course


@dataclass(frozen=True)
class Planned:
    """A check in this run. `id` is its name in the report; `left_out` says why it will not run."""

    id: str
    check: Check
    selected: bool = True
    left_out: str = ""


# What begins the reason of a check that an option of the command line has left out.
BY_OPTION = "not asked: --"


@dataclass(frozen=True)
class Selection:
    """What a person asked for: names of chapters and tracks, and ids of checks."""

    chapters: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


def make(
    course: Course,
    selection: Selection,
    options: Options,
    variables: Mapping[str, str] | None = None,
) -> tuple[Planned, ...]:
    """The checks of the chosen chapters in declaration order, each once; those that are for another
    system than the one of these `variables` are left out. Raises UsageProblem.
    """
    chapters = _chosen(course, selection)
    named = _named(chapters)
    system = "" if variables is None else system_of(variables)
    _refuse_cycles(course, [check for _, check in named])
    only, skip = _matching(selection.only, named), _matching(selection.skip, named)
    wanted = only - skip if only else {check for _, check in named} - skip
    prerequisites = _closure(wanted) - wanted if only else set()
    if not wanted:
        raise UsageProblem(
            "nothing is selected: "
            + (
                f"`{'`, `'.join(selection.skip)}` is all there was"
                if skip
                else "there are no checks"
            )
        )
    planned = []
    for name, check in named:
        if check in skip:
            planned.append(Planned(name, check, False, "not asked: --skip"))
        elif check in wanted:
            planned.append(Planned(name, check, True, _left_out(check, options, system)))
        elif check in prerequisites:
            planned.append(Planned(name, check, False, _left_out(check, options, system)))
        else:
            planned.append(Planned(name, check, False, "not asked: --only"))
    return tuple(planned)


def _chosen(course: Course, selection: Selection) -> list[Chapter]:
    chapters = {chapter.id: chapter for chapter in course.chapters}
    tracks = {track.id: track for track in course.tracks}
    chosen: list[Chapter] = []
    for name in selection.chapters:
        if name == "all":
            chosen += course.chapters
        elif name in chapters:
            chosen.append(chapters[name])
        else:
            raise unknown("chapter", name, [*chapters, "all"])
    for name in selection.tracks:
        if name not in tracks:
            raise unknown("track", name, tracks)
        chosen.append(tracks[name])
    return list(
        {id(chapter): chapter for chapter in chosen}.values()
    )  # by object: an author's lists have no hash


def _named(chapters: Sequence[Chapter]) -> list[tuple[str, Check]]:
    """Report ids: the first chapter that lists a check, a dot, the check's own id. Needs that no
    chapter lists come first.
    """
    named: dict[Check, str] = {}
    first: dict[Check, Check] = {}
    for chapter in chapters:
        for check in (*chapter.checks, *chapter.own_checks):
            for needed in _needed_first(check):
                _refuse_duplicate(needed, first.setdefault(needed, needed), chapter)
                named.setdefault(needed, f"{chapter.id}.{needed.id}")
    return [(name, check) for check, name in named.items()]


def _needed_first(check: Check, seen: set[int] | None = None) -> list[Check]:
    """Everything the check needs, however far, and then the check; each object once."""
    seen = set() if seen is None else seen
    if id(check) in seen:
        return []
    seen.add(id(check))
    return [*(needed for need in check.needs for needed in _needed_first(need, seen)), check]


def _refuse_duplicate(check: Check, same: Check, chapter: Chapter) -> None:
    if _work(same.examine) != _work(check.examine):
        raise UsageProblem(
            f"{_owner(check)} defines two different checks with the id `{check.id}` (met in `{chapter.id}`)"
        )


def _refuse_cycles(course: Course, checks: Sequence[Check]) -> None:
    sorter = TopologicalSorter({check: [*check.needs, *check.explained_by] for check in checks})
    try:
        sorter.prepare()
    except CycleError as error:
        ring = " -> ".join(check.id for check in error.args[1])
        raise UsageProblem(
            f"course `{course.id}`: its checks need each other in a circle: {ring}"
        ) from None


def _matching(names: Sequence[str], named: Sequence[tuple[str, Check]]) -> set[Check]:
    matching = set()
    for name in names:
        hits = [check for full, check in named if name in (full, check.id)]
        if not hits:
            raise unknown("check", name, [full for full, _ in named])
        matching.update(hits)
    return matching


def _closure(checks: set[Check]) -> set[Check]:
    reached: set[Check] = set()
    waiting = list(checks)
    while waiting:
        check = waiting.pop()
        if check not in reached:
            reached.add(check)
            waiting += check.needs
    return reached


def _left_out(check: Check, options: Options, system: str) -> str:
    if elsewhere := only_on(check.only_on, system):
        return elsewhere
    if options.offline and "network" in check.traits:
        return "not asked: --offline"
    if options.quick and check.traits & {"server", "browser"}:
        return "not asked: --quick"
    if "deep" in check.traits and not options.deep:
        return "not asked: it needs --deep"
    if "notebooks" in check.traits and not options.notebooks:
        return "not asked: it needs --notebooks"
    return ""


def _work(examine: object) -> object:
    """What a check does, to be compared: where it is written and what its factory was given. A
    factory called twice with the same words makes two functions that do the same.
    """
    if isinstance(examine, partial):
        return (
            _work(examine.func),
            tuple(map(_work, examine.args)),
            {name: _work(value) for name, value in examine.keywords.items()},
        )
    if not isinstance(examine, FunctionType):
        return examine
    cells = [
        _work(cell.cell_contents)
        for cell in examine.__closure__ or ()
        if cell.cell_contents is not examine
    ]
    return examine.__module__, examine.__qualname__, cells, examine.__defaults__


def _owner(check: Check) -> str:
    return check.owner or getattr(check.examine, "__module__", "") or check.id
