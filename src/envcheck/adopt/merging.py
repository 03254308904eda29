"""A course file that is there already, with what it does not have yet. What somebody wrote stays."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from envcheck.adopt.course import Reading
from envcheck.adopt.left_out import LeftOut, left_out, still, without
from envcheck.adopt.matching import covered, last, matched, tables_of
from envcheck.adopt.merging_keys import add_keys, of_new
from envcheck.adopt.named_notebooks import bring_up_to_date
from envcheck.adopt.needs import Need
from envcheck.adopt.packages import of_chapter, package_names, texts
from envcheck.adopt.part import Part
from envcheck.adopt.questions import up_to_date, without_answered
from envcheck.adopt.writing import chapter_lines, own_list, own_needs
from envcheck.course_file import text as course_text
from envcheck.course_file.keys import COURSE
from envcheck.course_file.kinds import Wrong
from envcheck.errors import UsageProblem


def merged(file: Path, reading: Reading) -> tuple[str, str]:
    """The text of the file, and the text that it should have. Raises UsageProblem with the line where
    it is no TOML, or has a key that is none.
    """
    import tomlkit

    written, values = course_text.read(file)
    try:
        COURSE.read(values, ())  # before anything of it is taken for something that is gone
    except Wrong as wrong:
        raise course_text.problem(file, written, wrong) from None
    try:
        document = tomlkit.parse(written)
    except (tomlkit.exceptions.TOMLKitError, RecursionError) as error:
        raise UsageProblem(f"{file}: it cannot be edited: {error}") from None
    away = left_out(tables_of(document), written, reading)
    course = without_answered(values, tables_of(document), written, without(away, reading))
    _requires(document, values, course)
    bring_up_to_date(document, course)
    _asked(document, values, course, away)
    add_keys(document, values, course, away)
    added = _chapters(document, values, course, away)
    text = tomlkit.dumps(document)
    text = text if not added else text.rstrip("\n") + "\n\n" + added
    return written, still(away, up_to_date(text, course), reading)


def _requires(document: Any, values: Mapping[str, Any], reading: Reading) -> None:
    """Lists that are new are named, and lists that are gone no longer, a chapter's own too."""
    root = reading.tree.root
    have = _without_gone(document, values, root)
    for id, table in (values.get("chapter") or {}).items():
        if isinstance(table, dict):
            _without_gone(document["chapter"][id], table, root)
    new = [listing.name for listing in reading.lists.of_all if listing.name not in have]
    if new and "requires" in document:
        document["requires"].extend(new)
    elif new:
        document.add("requires", new)


def _without_gone(holder: Any, values: Mapping[str, Any], root: Path) -> list[str]:
    """Take the lists out that are gone; those that were named."""
    have = texts(values.get("requires"))
    for name in have:
        if not os.path.exists(root / name.partition("[")[0]):
            holder["requires"].remove(name)
    if have and not holder["requires"]:
        del holder["requires"]
    return have


def _asked(document: Any, values: Mapping[str, Any], reading: Reading, away: LeftOut) -> None:
    """What the course's own checker asks for, and neither a list nor this file."""
    tables = [values, *tables_of(document).values()]
    have = {name for table in tables for name in package_names(table.get("packages"))}
    new = [
        each.requirement
        for each in reading.asked
        if each.distribution not in have and not away.has("", each.distribution)
    ]
    if new and "packages" in document:
        document["packages"].extend(new)
    elif new:
        document.add("packages", new)


def _chapters(document: Any, values: Mapping[str, Any], reading: Reading, away: LeftOut) -> str:
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
            if need.distribution not in of_all
            and need.distribution in {each.distribution for each in part.needs}
            and (not id or need.distribution not in of_chapter(tables[id], reading.tree.root))
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
