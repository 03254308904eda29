"""A course and a selection become the checks to run, in order, or a usage problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from envcheck.environment import Options
from envcheck.errors import UsageProblem, unknown
from envcheck.model import Chapter, Check, Course


@dataclass(frozen=True)
class Planned:
    """A check in this run. `id` is its name in the report; `left_out` says why it will not run."""

    id: str
    check: Check
    selected: bool = True
    left_out: str = ""


@dataclass(frozen=True)
class Selection:
    chapters: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()


def make(course: Course, selection: Selection, options: Options) -> tuple[Planned, ...]:
    """The checks of the chosen chapters in declaration order, each once. Raises UsageProblem."""
    chapters = _chosen(course, selection)
    named = _named(chapters)
    _refuse_cycles(course, [check for _, check in named])
    only, skip = _matching(selection.only, named), _matching(selection.skip, named)
    wanted = only - skip if only else {check for _, check in named} - skip
    prerequisites = _closure(wanted) - wanted if only else set()
    planned = []
    for name, check in named:
        if check in skip:
            planned.append(Planned(name, check, False, "not asked: --skip"))
        elif check in wanted:
            planned.append(Planned(name, check, True, _unasked(check, options)))
        elif check in prerequisites:
            planned.append(Planned(name, check, False, _unasked(check, options)))
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
    return list(dict.fromkeys(chosen))


def _named(chapters: Sequence[Chapter]) -> list[tuple[str, Check]]:
    """Report ids: the first chapter that lists a check, a dot, the check's own id. Needs that no chapter lists come first."""
    named: dict[Check, str] = {}
    for chapter in chapters:
        for check in chapter.checks:
            for one in [*_needed_first(check), check]:
                _refuse_duplicate(one, named, chapter)
                named.setdefault(one, f"{chapter.id}.{one.id}")
    return [(name, check) for check, name in named.items()]


def _needed_first(check: Check, trail: tuple[Check, ...] = ()) -> list[Check]:
    if check in trail:
        return []
    return [one for need in check.needs for one in [*_needed_first(need, (*trail, check)), need]]


def _refuse_duplicate(check: Check, named: Mapping[Check, str], chapter: Chapter) -> None:
    same = next((known for known in named if known == check), check)
    if _defined(same) != _defined(check):
        raise UsageProblem(f"{_owner(check)} defines two different checks with the id `{check.id}` (met in `{chapter.id}`)")


def _refuse_cycles(course: Course, checks: Sequence[Check]) -> None:
    sorter = TopologicalSorter({check: [*check.needs, *check.beside] for check in checks})
    try:
        sorter.prepare()
    except CycleError as error:
        ring = " -> ".join(check.id for check in error.args[1])
        raise UsageProblem(f"course `{course.id}`: its checks need each other in a circle: {ring}") from None


def _matching(names: Sequence[str], named: Sequence[tuple[str, Check]]) -> set[Check]:
    found = set()
    for name in names:
        hits = [check for full, check in named if name in (full, check.id)]
        if not hits:
            raise unknown("check", name, [full for full, _ in named])
        found.update(hits)
    return found


def _closure(checks: set[Check]) -> set[Check]:
    reached: set[Check] = set()
    waiting = list(checks)
    while waiting:
        check = waiting.pop()
        if check not in reached:
            reached.add(check)
            waiting += check.needs
    return reached


def _unasked(check: Check, options: Options) -> str:
    if options.offline and "network" in check.traits:
        return "not asked: --offline"
    if options.quick and check.traits & {"server", "browser"}:
        return "not asked: --quick"
    if "deep" in check.traits and not options.deep:
        return "not asked: it needs --deep"
    return ""


def _defined(check: Check) -> tuple[str, str]:
    """Where the work is written: a factory called twice makes two functions of one definition."""
    examine = getattr(check.examine, "func", check.examine)
    return getattr(examine, "__module__", ""), getattr(examine, "__qualname__", type(examine).__qualname__)


def _owner(check: Check) -> str:
    return check.owner or check.examine.__module__
