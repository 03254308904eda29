"""Which course the words of the command line mean: an installed one, or the one in a file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from envcheck.command import here
from envcheck.errors import UsageProblem, unknown
from envcheck.processes.streams import stdout_for_the_report_alone
from envcheck.remote_course.address import address_of, is_address

if TYPE_CHECKING:
    from envcheck.model import Course
    from envcheck.run import plugins


def load_installed(ctx: click.Context) -> plugins.Loaded:
    """The installed courses, and before them the one that the folder's `envcheck.toml` describes;
    loaded once for a command.
    """
    # Imported here: `--version`, `adopt` and others look for no course.
    from envcheck.run import described, plugins

    root = ctx.find_root()
    if not isinstance(root.obj, plugins.Loaded):
        with stdout_for_the_report_alone():
            loaded = plugins.installed()
            folder = _folder()
            root.obj = described.with_nearest(loaded, folder) if folder else loaded
    return root.obj


def load_file(file: str, loaded: plugins.Loaded) -> Course:
    """The course in a Python file, or the one that an `envcheck.toml` describes, which may be named
    by its folder or its address: to be read, not run. Raises UsageProblem.
    """
    from envcheck.course_file import finding
    from envcheck.run import described, plugins

    if is_address(file):
        from envcheck.remote_course import agreeing

        return _at(agreeing.to_read(address_of(file), agreeing.asked()), loaded)
    place = here.place(file)
    with stdout_for_the_report_alone():
        if described.is_table(place):
            return described.from_table(finding.named(place), loaded.courses, named=True)
        return plugins.from_file(place)


def load_to_run(words: Mapping[str, Any], loaded: plugins.Loaded) -> Course:
    """The same, to be run: one at an address only where the learner agrees. `words` are the values of
    the options that every run takes. Raises UsageProblem.
    """
    named = words["course"]
    if not is_address(named):
        return load_file(named, loaded)
    from envcheck.command.terminal import learner
    from envcheck.remote_course import agreeing

    asked = agreeing.asked(trusted=words["trust_course"], offline=words["offline"])
    return _at(agreeing.to_run(address_of(named), asked, learner()), loaded)


def _at(file: Path, loaded: plugins.Loaded) -> Course:
    from envcheck.run import described

    with stdout_for_the_report_alone():
        return described.from_table(file, loaded.courses, named=True)


def _folder() -> Path | None:
    """Where the learner is; None where that folder is gone or closed: a run says so."""
    try:
        return Path.cwd()
    except OSError:
        return None


def chapter_names(loaded: plugins.Loaded) -> list[str]:
    """Every chapter's name, once, and `all`."""
    return [
        *dict.fromkeys(chapter.id for course in loaded.courses for chapter in course.chapters),
        "all",
    ]


def may_be_chapter(loaded: plugins.Loaded, name: str) -> bool:
    """Whether a word names a chapter, or might once `--course FILE`, which comes after it, has been
    read; or might if the folder's file, another user's, were named.
    """
    named = any(word == "--course" or word.startswith("--course=") for word in sys.argv)
    return named or bool(loaded.stranger) or name in chapter_names(loaded)


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
    """The course that has the first name. With several, chapters may have equal names: the course
    of the folder wins, then the bundled one.

    Raises UsageProblem when none has it, and when that of the folder may, and cannot be used: what
    another course says of an equal name is no answer.
    """
    wanted = next(iter([*chapters, *tracks]), "")
    if chapters and (reason := loaded.broken_chapter(wanted)):
        raise UsageProblem(reason)
    for course in loaded.courses:
        if wanted in ("all", *(chapter.id for chapter in (*course.chapters, *course.tracks))):
            return course
    if loaded.broken_file:
        raise UsageProblem(loaded.broken_file)
    if not loaded.courses:
        raise UsageProblem("\n".join(["no course is installed", *map(str, loaded.broken)]))
    names = [
        chapter.id
        for course in loaded.courses
        for chapter in ((*course.chapters,) if chapters else (*course.tracks,))
    ]
    raise unknown("chapter" if chapters else "track", wanted, names)
