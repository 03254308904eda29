"""What an author left out on purpose, by a comment: `# left out: 03-draft.ipynb, old.ipynb`. In a chapter's table, or
right above it, notebooks are named from its folder; elsewhere, as lists are, from the course's, or from the one
that all chapters have. A package or a module likewise: of this chapter, or of all. A folder stands for all that is
in it, unless something else that is asked for has its name; `draft/` is the folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.needs import Need
from envcheck.adopt.needed.part import Part
from envcheck.adopt.reading.tree import downwards
from envcheck.adopt.writing import keys
from envcheck.adopt.writing.matching import Tables, matched, path, rows_of, tables_of
from envcheck.versions import normal_name

COMMENT = re.compile(r"#[ \t]*left out:(?P<names>.*)$")
NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
KEY = rf"{NAME}(?:[ \t]*\.[ \t]*{NAME})*"
LINE = re.compile(rf"[ \t]*(?:\[[ \t]*(?P<header>{KEY})[ \t]*\]|(?P<key>{KEY})[ \t]*=)")


@dataclass(frozen=True)
class LeftOut:
    """Files by their paths from the course's folder, with those in `folders`; whatever else is named, normalised,
    by the chapter for which that holds, empty for all.
    """

    paths: frozenset[str]
    names: frozenset[tuple[str, str]]
    folders: frozenset[str] = frozenset()

    def has(self, chapter: str, *names: str) -> bool:
        """Whether one of these is left out there."""
        return any(
            (each, normal_name(name)) in self.names for each in ("", chapter) for name in names
        )


def left_out(tables: Tables, written: str, reading: Reading) -> LeftOut:
    """All of it, without the notebooks that a table names all the same."""
    rows, ids = rows_of(tables, reading.tree.root), matched(tables, reading)
    folders = {part.chapter.id: part.chapter.folder for part in reading.parts}
    now = {id: folders[chapter] for chapter, id in ids.items()}
    places = {
        id: now[id] if id in now and row.is_lost else row.place or id for id, row in rows.items()
    }
    each = [*_left_out(written)]
    paths = {place for id, name in each for place in _paths(name, id, places)}
    away = frozenset(_folders(reading, each, places))
    paths |= {file for file in _files(reading) if not away.isdisjoint(downwards(file))}
    chapters = {id: chapter for chapter, id in ids.items()}
    named = {(chapters.get(id, id), normal_name(name)) for id, name in each}
    own = {place for row in rows.values() for place in row.paths}
    return LeftOut(frozenset(paths - own), frozenset(named), away)


def _folders(
    reading: Reading, each: Iterable[tuple[str, str]], places: Mapping[str, str]
) -> Iterator[str]:
    """The folders among these."""
    there, asked = reading.tree.folders, {*_asked(reading)}
    for id, name in each:
        if "/" in name or normal_name(name) not in asked:
            yield from {*_paths(name, id, places)} & there


def _asked(reading: Reading) -> Iterator[str]:
    """Whatever else an author may leave out of this course, normalised."""
    needs = [need for part in reading.parts for need in part.needs]
    names = [name for need in needs for name in (need.distribution, need.use.imported.top)]
    names += [question.module for question in reading.questions]
    names += [asked.distribution for asked in reading.asked]
    every = [*keys.of_course(reading)]
    every += [key for part in reading.parts for key in keys.of_chapter(reading, part)]
    names += [name for key in every for name in key.names]
    yield from map(normal_name, names)


def _files(reading: Reading) -> Iterator[str]:
    """Those that can be left out."""
    yield from (source.name for source in reading.sources)
    yield from (row.name for row in reading.unreadable)
    yield from reading.lists.files


def without(away: LeftOut, reading: Reading) -> Reading:
    """The course without these: whatever is done with its chapters, they are in none. Its lists go last, with
    those that its author names.
    """
    parts = []
    for part in reading.parts:
        kept = tuple(source for source in part.chapter.sources if source.name not in away.paths)
        if kept:
            parts.append(_without(away, replace(part, chapter=replace(part.chapter, sources=kept))))
    return replace(
        reading,
        parts=tuple(parts),
        unreadable=tuple(row for row in reading.unreadable if row.name not in away.paths),
        common=tuple(need for need in reading.common if not _is_out(away, "", need)),
    )


def _without(away: LeftOut, part: Part) -> Part:
    id = part.chapter.id
    return replace(
        part,
        needs=tuple(_by_lists(away, need) for need in part.needs if not _is_out(away, id, need)),
        questions=tuple(each for each in part.questions if not away.has(id, each.module)),
    )


def _by_lists(away: LeftOut, need: Need) -> Need:
    """The same, named by the lists that are left."""
    return replace(need, lists=tuple(name for name in need.lists if name not in away.paths))


def _is_out(away: LeftOut, chapter: str, need: Need) -> bool:
    if need.variants and away.paths.issuperset(need.variants):
        return True  # with the lists that alone name it
    return away.has(chapter, need.distribution, need.use.imported.top)


def still(away: LeftOut, text: str, reading: Reading) -> str:
    """The text, where all of these are left out: a comment goes with the notebook or the chapter by
    which it stands.
    """
    import tomlkit

    if not away.paths:
        return text
    now = left_out(tables_of(tomlkit.parse(text)), text, reading)
    folders = away.folders - now.folders
    lost = [
        name
        for name in sorted(away.paths - now.paths)
        if os.path.isfile(reading.tree.root / name) and folders.isdisjoint(downwards(name))
    ]
    lost += [f"{name}/" for name in sorted(folders)]
    if not lost:
        return text
    schema, head, rest = text.partition("\n") if text.startswith("#:schema") else ("", "", text)
    return f"{schema}{head}# left out: {', '.join(lost)}\n{rest}"


def _left_out(written: str) -> Iterator[tuple[str, str]]:
    """As they are named, each with the table for which that holds, empty for all."""
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
        yield from ((id, name) for name in names)


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
