"""Which Python is the learner's for the chapters that were asked for: one run examines one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from envcheck import places
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.target import locate

Locate = Callable[[Sequence[Path]], Located]


def of_chapters(
    course: Path,
    folders: Mapping[str, Path | None],
    find: Locate,
    line: Callable[[tuple[str, ...]], str],
) -> Located:
    """The one of all these chapters of the course in a folder, which may have environments of their
    own. `folders` has the chapters' by their ids; `find` is given where to look first, `line` says
    what to type for some chapters alone. Raises UsageProblem where there is more than one.
    """
    if not folders:
        return find(())
    chapters: dict[tuple[str, ...], list[str]] = {}
    located: dict[tuple[str, ...], Located] = {}
    for id, folder in folders.items():
        its_own = find(_upwards(folder or course, course))
        located.setdefault(its_own.command, its_own)
        chapters.setdefault(its_own.command, []).append(id)
    if len(chapters) > 1:
        lines = "".join(f"\n    {line(tuple(ids))}" for ids in chapters.values())
        raise UsageProblem(
            f"these chapters have different environments, and a run examines one. Type each:{lines}"
        )
    return next(iter(located.values()))


def _upwards(folder: Path, course: Path) -> tuple[Path, ...]:
    """The folder and those above it, up to the course's."""
    above = (*folder.parents,) if places.lies_in(folder, course) else ()
    between = [place for place in (folder, *above) if places.lies_in(place, course)]
    return (*[place for place in between if not places.same(place, course)], course)


def locate_or_trouble(
    asked: str | None, variables: Mapping[str, str], folder: Path, chapters: Sequence[Path] = ()
) -> Located:
    """The learner's Python; where there is none, why: the checks say what is wrong with the machine."""
    try:
        return locate.locate(asked, variables, folder, _from_here(folder, chapters))
    except LookupError as error:
        return Located(("python3",), "nothing was found", trouble=str(error))


def _from_here(folder: Path, chapters: Sequence[Path]) -> Sequence[Path]:
    """Who works in a folder of the chapter's own is nearest to that one."""
    if len(chapters) < 2 or not places.lies_in(folder, chapters[0]):
        return chapters
    inside = [place for place in (folder, *folder.parents) if places.lies_in(place, chapters[0])]
    return (*inside[:-1], *chapters)
