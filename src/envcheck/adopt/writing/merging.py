"""A course file that is there already, with what it does not have yet. What somebody wrote stays."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.writing.author_lists import files_of
from envcheck.adopt.writing.decided import decided
from envcheck.adopt.writing.left_out import LeftOut, still
from envcheck.adopt.writing.matching import tables_of
from envcheck.adopt.writing.merging_chapters import add_chapters
from envcheck.adopt.writing.merging_keys import add_keys
from envcheck.adopt.writing.moved import bring_versions
from envcheck.adopt.writing.named_notebooks import bring_up_to_date
from envcheck.adopt.writing.packages import lacks, names_of, package_names, texts
from envcheck.adopt.writing.questions import up_to_date
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
    course, away = decided(values, tables_of(document), written, reading)
    _requires(document, values, course)
    bring_up_to_date(document, course)
    bring_versions(document, course, away)
    _asked(document, values, course, away)
    add_keys(document, values, course, away)
    added = add_chapters(document, values, course, away)
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
    there = {*have, *files_of(values, root)}
    new = [listing.name for listing in reading.lists.of_all if listing.name not in there]
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
    have |= names_of(values, reading.tree.root)
    new = [
        each.requirement
        for each in reading.asked
        if lacks(have, each.distribution) and not away.has("", each.distribution)
    ]
    if new and "packages" in document:
        document["packages"].extend(new)
    elif new:
        document.add("packages", new)
