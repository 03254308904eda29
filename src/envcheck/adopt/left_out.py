"""The notebooks and lists that an author left out on purpose, by a comment: `# left out: 03-draft.ipynb, old.ipynb`. In a
chapter's table, or right above it, they are named from its folder; elsewhere from the course's, or from
the one that all chapters have.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from envcheck.adopt.course import Reading
from envcheck.adopt.matching import Tables, matched, path, rows_of, tables_of

COMMENT = re.compile(r"#[ \t]*left out:(?P<names>.*)$")
NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
KEY = rf"{NAME}(?:[ \t]*\.[ \t]*{NAME})*"
LINE = re.compile(rf"[ \t]*(?:\[[ \t]*(?P<header>{KEY})[ \t]*\]|(?P<key>{KEY})[ \t]*=)")


def left_out(tables: Tables, written: str, reading: Reading) -> set[str]:
    """Their paths from the course's folder, without those that a table names all the same."""
    rows = rows_of(tables, reading.tree.root)
    folders = {part.chapter.id: part.chapter.folder for part in reading.parts}
    now = {id: folders[chapter] for chapter, id in matched(tables, reading).items()}
    places = {
        id: now[id] if id in now and row.is_lost else row.place or id for id, row in rows.items()
    }
    return {*_left_out(written, places)} - {each for row in rows.values() for each in row.paths}


def without(away: Collection[str], reading: Reading) -> Reading:
    """The course without these: whatever is done with its chapters, they are in none."""
    parts = []
    for part in reading.parts:
        kept = tuple(source for source in part.chapter.sources if source.name not in away)
        if kept:
            parts.append(replace(part, chapter=replace(part.chapter, sources=kept)))
    unreadable = tuple(row for row in reading.unreadable if row.name not in away)
    return replace(
        reading, parts=tuple(parts), unreadable=unreadable, lists=reading.lists.without(away)
    )


def still(away: Collection[str], text: str, reading: Reading) -> str:
    """The text, where all of these are left out: a comment goes with the notebook or the chapter by
    which it stands.
    """
    import tomlkit

    if not away:
        return text
    now = left_out(tables_of(tomlkit.parse(text)), text, reading)
    lost = [name for name in sorted({*away} - now) if os.path.isfile(reading.tree.root / name)]
    if not lost:
        return text
    schema, head, rest = text.partition("\n") if text.startswith("#:schema") else ("", "", text)
    return f"{schema}{head}# left out: {', '.join(lost)}\n{rest}"


def _left_out(written: str, places: Mapping[str, str]) -> Iterator[str]:
    """By their paths from the course's folder."""
    header: list[str] = []
    id, above = "", list[str]()
    for line in written.splitlines():
        names = _names(line)
        if key := LINE.match(line):
            header = _parts(key["header"]) if key["header"] else header
            whole = header if key["header"] else [*header, *_parts(key["key"])]
            id = whole[1] if len(whole) > 1 and whole[0] == "chapter" else ""
            names += above
        above = [*above, *names] if line.lstrip().startswith("#") else []
        for name in names:
            yield from _paths(name, id, places)


def _paths(name: str, id: str, places: Mapping[str, str]) -> Iterator[str]:
    if id:
        yield path(places.get(id, ""), name)
    elif len({*places.values()}) == 1:
        yield path(next(iter(places.values())), name)
    if not id or "/" in name:
        yield path("", name)


def _names(line: str) -> list[str]:
    match = COMMENT.search(line)
    return [name.strip() for name in match["names"].split(",") if name.strip()] if match else []


def _parts(key: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(NAME, key)]
