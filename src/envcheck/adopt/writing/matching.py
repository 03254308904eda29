"""Which table of a course file is which chapter's, whatever the two are called now."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from envcheck.adopt.dividing.chapters import Chapter
from envcheck.adopt.needed.course import Reading
from envcheck.course_file.reading import folders_like

Tables = Mapping[str, Mapping[str, Any]]  # the chapters of a file, as its reader has taken them


@dataclass(frozen=True)
class Row:
    """A table: where its notebooks are named from, None where that is gone; their paths from the
    course's folder, and whether any is still there.
    """

    id: str
    place: str | None
    paths: frozenset[str]
    has_some: bool

    @property
    def is_lost(self) -> bool:
        """Whether its folder or all of its notebooks are gone."""
        return self.place is None or (bool(self.paths) and not self.has_some)


def tables_of(document: Any) -> Tables:  # tomlkit's
    """The chapters that stand in the file now."""
    tables = document.unwrap().get("chapter") or {}
    return {id: table for id, table in tables.items() if isinstance(table, dict)}


def place_of(root: Path, id: str, table: Mapping[str, Any]) -> str | None:
    """The folder from which the chapter's notebooks are named, from the course's; None where it is gone."""
    folder = table.get("folder", "")
    if folder:
        return PurePosixPath(folder).as_posix() if os.path.isdir(root / folder) else None
    return id if os.path.isdir(root / id) else "."


def path(place: str, name: str) -> str:
    """Of a notebook, from the course's folder."""
    return (PurePosixPath(place) / name).as_posix()


def lies_in(name: str, folder: str) -> bool:
    """Whether this file or folder is that folder, or lies anywhere below it."""
    return folder in (".", name) or name.startswith(f"{folder}/")


def rows_of(tables: Tables, root: Path) -> dict[str, Row]:
    """The tables by their names."""
    return {id: _row(root, id, table) for id, table in tables.items()}


def _row(root: Path, id: str, table: Mapping[str, Any]) -> Row:
    place = place_of(root, id, table)
    names = table.get("notebooks", ()) if place is not None else ()
    paths = frozenset(path(place or "", name) for name in names)
    return Row(id, place, paths, any(os.path.isfile(root / each) for each in paths))


def matched(tables: Tables, reading: Reading) -> dict[str, str]:
    """The name of each chapter's table, by the chapter's own; one without a table is not in it. Notebooks
    tell it first, then the folder. A name tells it last: somebody may have given it to another chapter.
    """
    rows = [*rows_of(tables, reading.tree.root).values()]
    chapters = [part.chapter for part in reading.parts]
    ids = {each.id: row.id for each in chapters if (row := _by_notebooks(each, rows))}
    books = {source.name for each in chapters for source in each.sources}
    others = [row for row in rows if not row.paths & books]
    counted = Counter(each.folder for each in chapters)
    own = {folder for folder, times in counted.items() if times == 1} - {"."}
    for tells in (_by_name, _by_number, partial(_by_folder, own), _by_name_alone):
        for each in chapters:
            free = [row for row in others if row.id not in ids.values()]
            if each.id not in ids and (row := tells(each, free)):
                ids[each.id] = row.id
    return ids


def _by_notebooks(chapter: Chapter, rows: Sequence[Row]) -> Row | None:
    """The one that names most of its notebooks, and can name them all."""
    own = {source.name for source in chapter.sources}
    able = [
        row
        for row in rows
        if own & row.paths
        and (all(lies_in(name, row.place or ".") for name in own) or _narrows(row, chapter))
    ]
    return max(able, key=lambda row: (len(own & row.paths), row.id == chapter.id), default=None)


def _narrows(row: Row, chapter: Chapter) -> bool:
    """Whether it stands for this chapter by its name, and for a part of its folder."""
    place, folder = row.place or ".", chapter.folder
    return row.id == chapter.id and folder != "." and lies_in(place, folder)


def _by_name(chapter: Chapter, free: Sequence[Row]) -> Row | None:
    """In its folder, in a part of it, or in one with all that is below."""
    for row in free:
        if row.id == chapter.id and row.place is not None:
            is_around = not row.paths and lies_in(chapter.folder, row.place)
            if row.place == chapter.folder or is_around or _narrows(row, chapter):
                return row
    return None


def _by_number(chapter: Chapter, free: Sequence[Row]) -> Row | None:
    """Where its name was another one's, a number was written after it."""
    name = re.compile(rf"{re.escape(chapter.id)}-\d+")
    here = (row for row in free if row.place == chapter.folder and not row.paths)
    return _first(row for row in here if name.fullmatch(row.id))


def _by_folder(own: Collection[str], chapter: Chapter, free: Sequence[Row]) -> Row | None:
    """Where its folder is one of those that one chapter has, and one table."""
    here = [row for row in free if row.place == chapter.folder]
    return here[0] if len(here) == 1 and chapter.folder in own else None


def _by_name_alone(chapter: Chapter, free: Sequence[Row]) -> Row | None:
    """One that was moved."""
    return _first(row for row in free if row.id == chapter.id and row.is_lost)


def _first(rows: Iterable[Row]) -> Row | None:
    return next(iter(rows), None)


def covered(values: Mapping[str, Any], tables: Tables, root: Path) -> set[str]:
    """The folders that `[chapters] from` finds, and that no table of another folder takes the name of."""
    holder = values.get("chapters")
    pattern = holder.get("from") if isinstance(holder, dict) else None
    if not isinstance(pattern, str) or "**" in pattern or pattern.startswith("/"):
        return set()
    try:
        places = {place.relative_to(root).as_posix() for place in folders_like(root, pattern)}
    except ValueError:  # whoever reads the file says so
        return set()
    return {
        place
        for place in places
        if last(place) not in tables or place_of(root, last(place), tables[last(place)]) == place
    }


def last(folder: str) -> str:
    return folder.rpartition("/")[2]
