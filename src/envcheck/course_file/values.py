"""What an `envcheck.toml` says, as frozen values. Nothing of the course is executed to make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck.course_file.asked import Asked
from envcheck.waiver import Waiver

NAME = "envcheck.toml"
SHIPPED = "envcheck.schema.json"  # in the package, and where `#:schema` finds it in a course
AT_LEAST, EXACT = "at-least", "exact"
RESERVED = (
    "adopt",
    "all",
    "class",
    "explain",
    "list",
    "hub",
    "new",
    "rehearse",
    "run",
    "track",
    "send",
    "undo",
    "vendor",
    "where",
)  # words of the command line: no chapter has such a name


@dataclass(frozen=True)
class CourseChapter:
    """A chapter with all that is asked for it, the course's own included. `folder` is below the
    course's, None where it has none; `notebooks` are those that can be run, by their paths from there,
    empty where all can.
    """

    id: str
    title: str
    asked: Asked
    folder: Path | None = None
    notebooks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CourseFile:
    """`pins` says what an exact version means in the files that list packages; `waived` are checks that
    do not count, by their ids with the chapter's in front.
    """

    file: Path
    id: str
    title: str
    chapters: tuple[CourseChapter, ...]
    help: str = ""
    pins: str = AT_LEAST
    waived: Mapping[str, Waiver] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The course's own."""
        return self.file.parent

    def chapter(self, id: str) -> CourseChapter:
        """The chapter of this id, which there is."""
        return next(chapter for chapter in self.chapters if chapter.id == id)
