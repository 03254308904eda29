"""Which course the words of the command line mean: an installed one, or the one in a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from envcheck.errors import UsageProblem, unknown
from envcheck.model import Course
from envcheck.processes.streams import stdout_for_the_report_alone
from envcheck.run import plugins


def load_installed(ctx: click.Context) -> plugins.Loaded:
    """The installed courses; loaded once for a command."""
    root = ctx.find_root()
    if not isinstance(root.obj, plugins.Loaded):
        with stdout_for_the_report_alone():
            root.obj = plugins.installed()
    return root.obj


def load_file(file: str) -> Course:
    """The course in a Python file. Raises UsageProblem."""
    with stdout_for_the_report_alone():
        return plugins.from_file(Path(file))


def chapter_names(loaded: plugins.Loaded) -> list[str]:
    """Every chapter's name, once, and `all`."""
    return [
        *dict.fromkeys(chapter.id for course in loaded.courses for chapter in course.chapters),
        "all",
    ]


def may_be_chapter(loaded: plugins.Loaded, name: str) -> bool:
    """Whether a word names a chapter, or might once `--course FILE`, which comes after it, has been
    read.
    """
    return name in chapter_names(loaded) or any(
        word == "--course" or word.startswith("--course=") for word in sys.argv
    )


def chapter_title(loaded: plugins.Loaded, name: str) -> str:
    """What `--help` says of a chapter."""
    titles = [
        chapter.title
        for course in loaded.courses
        for chapter in course.chapters
        if chapter.id == name
    ]
    if titles:
        return titles[0]
    return "Every chapter." if name == "all" else "A chapter of the course file."


def choose(loaded: plugins.Loaded, chapters: tuple[str, ...], tracks: tuple[str, ...]) -> Course:
    """The installed course that has the first name; with several courses, chapters may have equal
    names: the bundled one wins.

    Raises UsageProblem when none has it.
    """
    wanted = next(iter([*chapters, *tracks]), "")
    for course in loaded.courses:
        if wanted in ("all", *(chapter.id for chapter in (*course.chapters, *course.tracks))):
            return course
    if not loaded.courses:
        raise UsageProblem("\n".join(["no course is installed", *map(str, loaded.broken)]))
    names = [
        chapter.id
        for course in loaded.courses
        for chapter in ((*course.chapters,) if chapters else (*course.tracks,))
    ]
    raise unknown("chapter" if chapters else "track", wanted, names)
