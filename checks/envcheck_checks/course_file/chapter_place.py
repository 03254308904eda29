"""Where a chapter of a described course stands, and what stands before its own checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from envcheck import Check
from envcheck.course_file.values import CourseChapter, CourseFile


@dataclass(frozen=True)
class ChapterPlace:
    """`folder` has the chapter's notebooks, `root` is the course's; `scope` is the chapter's id.
    `notebooks` are the chapter's by their paths from the folder: all in it and below, unless some
    are named.
    """

    scope: str
    folder: Path
    root: Path
    notebooks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """The chapter's checks that stand before these: of its Python, and of what is installed there;
    `named` are its packages by their normalised names.
    """

    python: Check
    packages: tuple[Check, ...]
    named: tuple[str, ...] = ()


def place_of(file: CourseFile, chapter: CourseChapter) -> ChapterPlace:
    """Of a chapter without a folder it is the course's."""
    folder = chapter.folder or file.folder
    return ChapterPlace(chapter.id, folder, file.folder, chapter.notebooks)
