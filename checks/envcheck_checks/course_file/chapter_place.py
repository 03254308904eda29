"""Where a chapter of a described course stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from envcheck.course_file.values import CourseChapter, CourseFile


@dataclass(frozen=True)
class ChapterPlace:
    """`folder` has the chapter's notebooks, `root` is the course's; `scope` is the chapter's id."""

    scope: str
    folder: Path
    root: Path


def place_of(file: CourseFile, chapter: CourseChapter) -> ChapterPlace:
    """Of a chapter without a folder it is the course's."""
    return ChapterPlace(chapter.id, chapter.folder or file.folder, file.folder)
