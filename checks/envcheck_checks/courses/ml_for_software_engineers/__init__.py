"""ML for Software Engineers: a self-study course; its chapters' set-up tasks, and tracks for its
list of topics.

A run loads only what it is asked for: the checks of a chapter or track are imported when they are
looked at.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from envcheck import Chapter, Check, Code, Course, Environment, Lazy

if TYPE_CHECKING:
    from envcheck.course_file.values import CourseFile


def _checks(module: str, name: str) -> tuple[Check, ...]:
    return tuple(getattr(import_module(f"{__name__}.{module}"), name))


def _codes() -> tuple[Code, ...]:
    from envcheck_checks.courses.ml_for_software_engineers.codes import CODES

    return CODES


def _chapter(id: str, title: str, module: str, name: str) -> Chapter:
    return Chapter(id, title, Lazy(partial(_checks, module, name)))


def _who_is_who(env: Environment) -> str:
    from envcheck_checks.jupyter.who_is_who import who_is_who

    return who_is_who(env)


def _described(file: CourseFile) -> Course:
    from envcheck_checks.course_file.course import course

    return course(file, COURSE)


COURSE = Course(
    "ml-for-software-engineers",
    "ML for Software Engineers",
    [
        _chapter("chapter1", "Intro into the Domain", "chapter1", "CHECKS"),
        _chapter("chapter2", "Data Science is done in Python", "chapter2", "CHECKS"),
    ],
    tracks=[
        _chapter(
            "pipelines", "Work that is shared out, repeated and watched", "tracks", "PIPELINES"
        ),
        _chapter("platform", "Containers and a cluster", "tracks", "PLATFORM"),
        _chapter("hardware", "A circuit, simulated and made a bitstream", "tracks", "HARDWARE"),
        _chapter("warehouse", "Data in databases and files", "tracks", "WAREHOUSE"),
        _chapter("quality", "Good data, and where it came from", "tracks", "QUALITY"),
        _chapter("lake", "Tables in files, with versions", "tracks", "LAKE"),
        _chapter("models", "Models, kept and served", "tracks", "MODELS"),
        _chapter("secure", "Secrets that stay secret", "tracks", "SECURE"),
    ],
    revision="2026-11",
    pages="envcheck_checks",
    where=_who_is_who,
    codes=Lazy(_codes),
    described=_described,
)
