"""What is rehearsed, and where: told once, before anything happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck.course_file.asked import systems_of_any
from envcheck.course_file.values import CourseFile
from envcheck.learners_system import only_on, system_of
from envcheck.processes.process import Processes
from envcheck.rehearsal.clone import Clone
from envcheck.rehearsal.matrix import Column, Missed
from envcheck.rehearsal.way import Setup
from envcheck.sentences import listed


@dataclass(frozen=True)
class Plan:
    """What is to be rehearsed. `timeout` is in seconds, for installing and for each cell; `before`
    is a day as YYYY-MM-DD, or empty; `options` are for envcheck's command in each cell; `missed`
    could not be fetched. `elsewhere` are the chapters that are not for this system, with the reason;
    each other one is in one of the `setups`, and `takes` are the Pythons that it is for, as a PEP 440
    specifier, empty for any. `clone` is what of the course is copied, known when it begins.
    """

    course: CourseFile
    chapters: tuple[str, ...]
    columns: tuple[Column, ...]
    setups: tuple[Setup, ...]
    before: str = ""
    timeout: float = 1200.0
    jobs: int = 1
    options: tuple[str, ...] = ()
    missed: Missed | None = None
    takes: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    clone: Clone = field(default_factory=Clone)

    @property
    def notebooks(self) -> bool:
        """Whether they are run."""
        return "--notebooks" in self.options

    @property
    def way(self) -> str:
        """The installing programs, each once."""
        return listed([*dict.fromkeys(setup.way.name for setup in self.setups)])


@dataclass(frozen=True)
class Stage:
    """Where it happens: a throw-away folder, what starts programs, the author's variables, where
    cells are kept (None: nowhere), and who is told how far it is.
    """

    folder: Path
    processes: Processes
    variables: Mapping[str, str]
    cache: Path | None
    say: Callable[[str], object]


def elsewhere(course: CourseFile, variables: Mapping[str, str]) -> dict[str, str]:
    """The chapters of which no check is for this system, each with the reason."""
    system = system_of(variables)
    reasons = {
        each.id: only_on(systems_of_any(each.asked.only), system) for each in course.chapters
    }
    return {id: reason for id, reason in reasons.items() if reason}
