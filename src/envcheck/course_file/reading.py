"""From the file to the course that it describes. Only reads: nothing of the course is executed."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from envcheck import places
from envcheck.course_file import text
from envcheck.course_file.asked import Asked
from envcheck.course_file.keys import ASKED, COURSE
from envcheck.course_file.kinds import Path as Keys
from envcheck.course_file.kinds import Wrong, nearest
from envcheck.course_file.values import AT_LEAST, CourseChapter, CourseFile
from envcheck.errors import UsageProblem

MOST_CHAPTERS = 300
MOST_FILES = 3000  # looked at for notebooks, a chapter
# What stands between the words of a folder's name, as a hyphen: `C1 - Neural (2)` is `C1-Neural-2`.
NOT_OF_AN_ID = re.compile(r"-*[^\w-]\W*")


def read(file: Path) -> CourseFile:
    """The course in this file. Raises UsageProblem, which names file, line, column and key."""
    written, values = text.read(file)
    try:
        return _course(file, COURSE.read(values, ()))
    except Wrong as wrong:
        raise text.problem(file, written, wrong) from None


def wrong(file: Path, path: Keys, reason: str) -> UsageProblem:
    """What is wrong with a key of this file, which its checks alone can tell."""
    return text.problem(file, text.read(file)[0], Wrong(path, reason, of_key=True))


def _course(file: Path, values: Mapping[str, Any]) -> CourseFile:
    of_all = _asked(values)
    given = values.get("chapter", {})
    tables = {**_in_folders(file.parent, values, given), **given}
    if "all" in tables:
        reason = "`all` means every chapter; give this one another name"
        raise Wrong(("chapter", "all"), reason, of_key=True)
    _refuse_alike(tables)
    if not tables:
        raise Wrong((), "it has no chapter; write a table such as [chapter.week1]", of_key=True)
    chapters = tuple(_chapter(file.parent, id, tables[id], of_all) for id in tables)
    course = CourseFile(
        file,
        values["course"],
        values.get("title", values["course"]),
        chapters,
        help=values.get("help", ""),
        pins=values.get("pins", AT_LEAST),
        waived=values.get("waive", {}),
    )
    _refuse_waivers_of_nobody(course, tables)
    for chapter in chapters:
        if not (chapter.asked.is_something or wants_jupyter(chapter)):
            raise Wrong(
                ("chapter", chapter.id),
                f"the chapter `{chapter.id}` checks nothing; give it packages, commands or notebooks",
                of_key=True,
            )
    return course


def _refuse_alike(tables: Mapping[str, object]) -> None:
    """Two names that many would type, and systems take, for one."""
    alike: dict[str, str] = {}
    for id in tables:
        if (first := alike.setdefault(id.casefold(), id)) != id:
            reason = (
                f"the chapters `{first}` and `{id}` differ in capital letters alone; rename one"
            )
            raise Wrong(("chapter", id), reason, of_key=True)


def _refuse_waivers_of_nobody(course: CourseFile, tables: Mapping[str, object]) -> None:
    for id in course.waived:
        if id.partition(".")[0] not in tables:
            chapter, _, check = id.partition(".")
            near = nearest(chapter, tables)
            near = f"{near[:-1]}.{check}`" if near and check else near
            raise Wrong(("waive", id), f"no chapter has a check `{id}`{near}", of_key=True)


def wants_jupyter(chapter: CourseChapter) -> bool:
    """Whether it says so, or else whether there are notebooks in its folder."""
    if chapter.asked.jupyter is not None:
        return chapter.asked.jupyter
    return chapter.folder is not None and has_notebooks(chapter.folder)


def is_notebook(name: str) -> bool:
    """By its ending, in letters of any size; `._a.ipynb` is what a Mac puts beside one."""
    return name.lower().endswith(".ipynb") and not name.startswith("._")


def has_notebooks(folder: Path) -> bool:
    """In the folder or a folder below it; those that begin with a dot are nobody's."""
    seen = 0
    for _, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seen += len(files)
        if any(map(is_notebook, files)):
            return True
        if seen > MOST_FILES:
            return False
    return False


def _in_folders(
    root: Path, values: Mapping[str, Any], given: Mapping[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The chapters that `[chapters] from` finds, as people count: a folder with notebooks is one, by
    its name; a table that is `given` says more of its folder, and stands in that place.
    """
    pattern = values.get("chapters", {}).get("from", "")
    if not pattern:
        return {}
    path = ("chapters", "from")
    if "**" in pattern:
        raise Wrong(path, "`**` would search all folders below; name their depth, as in `*/ch*/`")
    try:
        folders = sorted(folders_like(root, pattern), key=_counted)
    except ValueError as error:
        raise Wrong(path, f"it finds no folders: {error}") from None
    inside = [folder for folder in folders if _is_inside(folder, root) and has_notebooks(folder)]
    own: dict[str, list[str]] = {}
    for id, table in given.items():
        own.setdefault(table.get("folder", id).rstrip("/"), []).append(id)
    tables: dict[str, dict[str, Any]] = {}
    for folder in inside:
        place = folder.relative_to(root).as_posix()
        if place in own:
            tables |= {id: given[id] for id in own[place]}
        else:
            id = _id(folder.name, path, {**tables, **given})
            tables[id] = {"folder": place, "title": folder.name}
    if not inside:
        raise Wrong(path, f'no folder with notebooks is like "{pattern}"')
    if len(tables) > MOST_CHAPTERS:
        raise Wrong(path, f"it finds {len(tables)} folders, and {MOST_CHAPTERS} chapters at most")
    return tables


def folders_like(root: Path, pattern: str) -> list[Path]:
    """What a pattern of `[chapters] from` finds. Raises ValueError for one that can find nothing."""
    if not PurePosixPath(pattern).parts:
        raise ValueError(f"`{pattern}` is the course's own folder")
    try:
        return [*islice(root.glob(pattern.rstrip("/")), MOST_FILES)]
    except (OSError, NotImplementedError, re.error) as error:
        raise ValueError(str(error)) from None


def _counted(folder: Path) -> list[tuple[str, int]]:
    """By which ch2 comes before ch10."""
    parts = re.split(r"([0-9]+)", folder.as_posix())
    return [
        (text, int(number or 0))
        for text, number in zip(parts[::2], [*parts[1::2], ""], strict=True)
    ]


def _id(name: str, path: tuple[str, ...], taken: Mapping[str, object]) -> str:
    """A name that can be typed, from a folder's."""
    id = NOT_OF_AN_ID.sub("-", name).strip("-")
    if not id or id in taken:
        raise Wrong(
            path, f"the folder `{name}` gives no chapter a name of its own; write its table"
        )
    return id


def _is_inside(folder: Path, root: Path) -> bool:
    try:
        return os.path.isdir(folder) and places.lies_in(folder.resolve(), root.resolve())
    except OSError:
        return False


def _chapter(root: Path, id: str, table: Mapping[str, Any], of_all: Asked) -> CourseChapter:
    place = table.get("folder")
    folder = root / place if place else root / id if os.path.isdir(root / id) else None
    if place and (folder is None or not _is_inside(folder, root)):
        leads_out = folder is not None and os.path.isdir(folder)
        reason = f'there is no folder "{place}" in the course'
        if leads_out:
            reason = f'"{place}" is a link that leads out of the course\'s folder'
        raise Wrong(("chapter", id, "folder"), reason)
    notebooks = table.get("notebooks", ())
    for name in notebooks:
        if not is_notebook(name) or not os.path.isfile((folder or root) / name):
            reason = f'there is no notebook "{name}" in the chapter\'s folder'
            raise Wrong(("chapter", id, "notebooks"), reason)
    return CourseChapter(id, table.get("title", id), of_all | _asked(table), folder, notebooks)


def _asked(table: Mapping[str, Any]) -> Asked:
    return Asked(**{key: table[key] for key in ASKED if key in table})
