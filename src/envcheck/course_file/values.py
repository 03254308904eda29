"""What an `envcheck.toml` says, as frozen values. Nothing of the course is executed to make them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from envcheck.course_file.asked import Asked

NAME = "envcheck.toml"
AT_LEAST, EXACT = "at-least", "exact"


@dataclass(frozen=True)
class CourseChapter:
    """A chapter with all that is asked for it, the course's own included. `folder` is below the
    course's, None where it has none.
    """

    id: str
    title: str
    asked: Asked
    folder: Path | None = None


@dataclass(frozen=True)
class CourseFile:
    """`requires` are files that list packages, read at every run; `pins` says what an exact version
    in them means; `python` is a PEP 440 specifier, empty where the course says none.
    """

    file: Path
    id: str
    title: str
    chapters: tuple[CourseChapter, ...]
    help: str = ""
    requires: tuple[str, ...] = ()
    pins: str = AT_LEAST
    python: str = ""

    @property
    def folder(self) -> Path:
        """The course's own."""
        return self.file.parent
