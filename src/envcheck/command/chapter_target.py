"""Which Python is the learner's for the chapters that were asked for: one run examines one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from envcheck import places
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.model import Chapter
from envcheck.target import locate

Locate = Callable[[Sequence[Path], str], Located]


def of_chapters(
    course: Path,
    each: Sequence[Chapter],
    find: Locate,
    line: Callable[[tuple[str, ...]], str],
) -> Located:
    """The one of all these chapters of the course in a folder, which may have environments of their
    own. `find` is given where to look first, and the name of an environment of conda's, which may be
    empty; `line` says what to type for some chapters alone. Raises UsageProblem where there is more
    than one.
    """
    if not each:
        return find((), "")
    chapters: dict[tuple[str, ...], list[str]] = {}
    located: dict[tuple[str, ...], Located] = {}
    for chapter in each:
        its_own = find(_upwards(chapter.folder or course, course), chapter.conda)
        located.setdefault(its_own.command, its_own)
        chapters.setdefault(its_own.command, []).append(chapter.id)
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
    asked: str | None,
    variables: Mapping[str, str],
    folder: Path,
    chapters: Sequence[Path] = (),
    of_conda: str = "",
) -> Located:
    """The learner's Python; where there is none, why: the checks say what is wrong with the machine."""
    try:
        return locate.locate(asked, variables, folder, _from_here(folder, chapters), of_conda)
    except LookupError as error:
        return Located(("python3",), "nothing was found", trouble=str(error))


def _from_here(folder: Path, chapters: Sequence[Path]) -> Sequence[Path]:
    """Who works in a folder of the chapter's own is nearest to that one."""
    if len(chapters) < 2 or not places.lies_in(folder, chapters[0]):
        return chapters
    inside = [place for place in (folder, *folder.parents) if places.lies_in(place, chapters[0])]
    return (*inside[:-1], *chapters)
