"""What an author has decided in a course file, before anything is told of the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.writing.author_lists import without_listed
from envcheck.adopt.writing.left_out import LeftOut, left_out, without
from envcheck.adopt.writing.matching import covered, matched, tables_of
from envcheck.adopt.writing.outside import with_decided
from envcheck.adopt.writing.questions import without_answered
from envcheck.course_file import text as course_text
from envcheck.course_file.values import NAME
from envcheck.errors import UsageProblem


def as_decided(file: Path, reading: Reading) -> Reading:
    """The course without what its author left out of this file, which can be merged, or has settled in it."""
    import tomlkit

    written, values = course_text.read(file)
    document = tomlkit.parse(written)
    course, away = decided(document, values, written, reading)
    return with_decided(course, tables_of(document), away.paths)


def decided(
    document: Any, values: Mapping[str, Any], written: str, reading: Reading
) -> tuple[Reading, LeftOut]:  # tomlkit's
    """The course without what its author left out, answered or has in lists of the author's own; what is left out."""
    tables = tables_of(document)
    away = left_out(tables, written, reading)
    course = without(away, reading)
    if not (course.parts or tables):
        raise UsageProblem(f"{NAME}: it leaves out every chapter of the course")
    course = without_answered(values, tables, written, course)
    course = without_listed(values, tables, course)
    return replace(course, lists=course.lists.without(away.paths)), away


def first_chapter(text: str, reading: Reading) -> str:
    """By which name the course's first chapter that stands in this file is run."""
    import tomlkit

    document = tomlkit.parse(text)
    tables = tables_of(document)
    ids = matched(tables, reading)
    by_pattern = covered(document.unwrap(), tables, reading.tree.root)
    parts = [part.chapter for part in reading.parts]
    if not parts:
        return next(iter(tables))
    names = [ids.get(each.id) or (each.id if each.folder in by_pattern else "") for each in parts]
    return next(filter(None, names), parts[0].id)
