"""Chapters of a course file that is there: what each lacks, and those that it does not have yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.needs import Need
from envcheck.adopt.needed.part import Part
from envcheck.adopt.writing.left_out import LeftOut
from envcheck.adopt.writing.matching import covered, last, matched, tables_of
from envcheck.adopt.writing.merging_keys import of_new
from envcheck.adopt.writing.new_file import chapter_lines, own_list, own_needs
from envcheck.adopt.writing.packages import lacks, of_chapter, package_names


def add_chapters(
    document: Any, values: Mapping[str, Any], reading: Reading, away: LeftOut
) -> str:  # tomlkit's
    """Put in what chapters that are there lack; the text of those that are not there."""
    tables = tables_of(document)
    by_pattern = covered(values, tables, reading.tree.root)
    of_all = package_names(values.get("packages"))
    ids = matched(tables, reading)
    given: set[str] = {*tables}
    new: list[str] = []
    for part in reading.parts:
        chapter = part.chapter
        id = ids.get(chapter.id, "")
        needs = [
            need
            for need in (*reading.common, *own_needs(reading, part))
            if lacks(of_all, need.distribution)
            and need.distribution in {each.distribution for each in part.needs}
            and (not id or lacks(of_chapter(tables[id], reading.tree.root), need.distribution))
        ]
        if id and needs:
            _put_in(document["chapter"][id], needs)
        more = of_new(values, reading, part, away) if not id else []
        if not id and (needs or more or chapter.folder not in by_pattern):
            others = {each.chapter.id for each in reading.parts if each is not part}
            gone = {*map(last, by_pattern - {chapter.folder})}
            named = _named_anew(part, given | gone | (others - {*ids}))
            given.add(named.chapter.id)
            new.append("\n".join((*chapter_lines(reading, named, needs), *more)) + "\n")
    return "\n".join(new)


def _put_in(table: Any, needs: Sequence[Need]) -> None:  # tomlkit's
    """What a chapter lacks: by a list of its own that names it, else by name."""
    own = "" if "requires" in table else own_list(needs)
    if own:
        table["requires"] = [own]  # a table that stands in pieces has no `add`
    names = [need.requirement for need in needs if own not in need.lists and need.on_index]
    if names and "packages" in table:
        table["packages"].extend(names)
    elif names:
        table["packages"] = names


def _named_anew(part: Part, taken: set[str]) -> Part:
    """The chapter by a name that no other one has, nor a folder that `[chapters] from` finds."""
    id = part.chapter.id
    names = (id, *(f"{id}-{number}" for number in range(2, len(taken) + 3)))
    free = next(name for name in names if name not in taken)
    return replace(part, chapter=replace(part.chapter, id=free))
