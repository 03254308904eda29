"""A chapter with what it needs, and what most chapters need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.asked.checkers import Row
from envcheck.adopt.asked.lists import Lists
from envcheck.adopt.dividing.chapters import Chapter, Chapters
from envcheck.adopt.needed.asked_by_checkers import asked, of_folder
from envcheck.adopt.needed.needs import Course, Need, Question, needs
from envcheck.adopt.reading.imports import Import
from envcheck.adopt.reading.notebooks import Unreadable
from envcheck.adopt.reading.sources import SCRIPT, Source, Use
from envcheck.course_file.kinds import takes_place
from envcheck.module_names import same


@dataclass(frozen=True)
class Part:
    """A chapter with what it needs of its own."""

    chapter: Chapter
    needs: tuple[Need, ...]
    questions: tuple[Question, ...]


def parts_of(course: Course, divided: Chapters, checked: Iterable[Row] = ()) -> tuple[Part, ...]:
    """The chapters that ask for something, by what they import and by checkers of their own."""
    rows = [*checked]
    parts = (Part(chapter, *needs(course, chapter)) for chapter in divided.each)
    whole = (_with_checked(part, course.lists, rows) for part in parts)
    return tuple(part for part in whole if _asks_something(part, course.lists))


def _with_checked(part: Part, lists: Lists, rows: Iterable[Row]) -> Part:
    """The chapter with what a checker in its folder asks for, and neither a list for it nor its imports."""
    folder = part.chapter.folder
    have = with_brought(lists.names_for(folder)) | {same(need.distribution) for need in part.needs}
    own = asked((row for row in rows if of_folder(row, folder)), lists)
    new = {
        each.distribution: Need(
            each.distribution,
            Source(each.row.file, SCRIPT),
            Use(Import(each.row.name, each.row.line), "", each.row.line),
            minimum=each.row.minimum,
        )
        for each in own
        if same(each.distribution) not in have
    }
    needed = {need.distribution: need for need in part.needs} | new
    return replace(part, needs=tuple(needed[name] for name in sorted(needed)))


def _asks_something(part: Part, declared: Lists) -> bool:
    chapter = part.chapter
    return bool(declared.of_all or part.needs or chapter.has_notebooks or chapter.is_text)


def named(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], list[Unreadable]]:
    """The chapters that a course file may name, and what lies in a folder that it may not."""
    kept = tuple(part for part in parts if takes_place(part.chapter.folder))
    reason = "its folder's name cannot stand in an envcheck.toml; give it another"
    away = [
        Unreadable(source.name, reason, is_sound=True)
        for part in parts
        if part not in kept
        for source in part.chapter.sources
    ]
    return kept, away


def common(parts: tuple[Part, ...]) -> tuple[Need, ...]:
    """What more than half of the chapters need, the lowest versions left to each."""
    counted: dict[str, list[Need]] = {}
    for part in parts:
        for need in (need for need in part.needs if not need.listed):
            counted.setdefault(need.distribution, []).append(need)
    return tuple(
        replace(counted[name][0], installed=_as_all(counted[name]))
        for name in sorted(counted)
        if len(counted[name]) > max(1, len(parts) / 2)
        and len({n.minimum for n in counted[name]}) == 1
    )


def _as_all(needs: list[Need]) -> str:
    """How every chapter installs it; empty, its name alone, where one does so otherwise."""
    how = {need.installed for need in needs}
    return how.pop() if len(how) == 1 else ""
