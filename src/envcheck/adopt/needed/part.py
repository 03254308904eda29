"""A chapter with what it needs, and what most chapters need."""

from __future__ import annotations

from dataclasses import dataclass, replace

from envcheck.adopt.asked.lists import Lists
from envcheck.adopt.dividing.chapters import Chapter, Chapters
from envcheck.adopt.needed.needs import Course, Need, Question, needs
from envcheck.adopt.reading.notebooks import Unreadable
from envcheck.course_file.kinds import takes_place


@dataclass(frozen=True)
class Part:
    """A chapter with what it needs of its own."""

    chapter: Chapter
    needs: tuple[Need, ...]
    questions: tuple[Question, ...]


def parts_of(course: Course, divided: Chapters) -> tuple[Part, ...]:
    """The chapters that ask for something."""
    parts = (Part(chapter, *needs(course, chapter)) for chapter in divided.each)
    return tuple(part for part in parts if _asks_something(part, course.lists))


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
