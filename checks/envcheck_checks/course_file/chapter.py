"""What a chapter of an `envcheck.toml` checks, in the order in which a learner meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from envcheck import Chapter, Check
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.required import Lists
from envcheck_checks.course_file.as_said import as_said
from envcheck_checks.course_file.asked_checks import of_keys
from envcheck_checks.course_file.chapter_place import Before, place_of
from envcheck_checks.course_file.first_checks import first_checks
from envcheck_checks.course_file.jupyter import of_notebooks
from envcheck_checks.course_file.notebooks.notebooks_work import notebooks_work
from envcheck_checks.course_file.packages.check import course_packages
from envcheck_checks.course_file.packages.of_no_index import never_of_an_index
from envcheck_checks.course_file.programs.command import command_works
from envcheck_checks.course_file.wanted import Wanted, wanted_by

ANY_PYTHON = ">=3.7"  # the oldest that Jupyter and pip of today still know


def checks(
    file: CourseFile,
    chapter: CourseChapter,
    lists_of: Callable[[CourseChapter], Lists],
    tracks: Sequence[Chapter] = (),
) -> tuple[Check, ...]:
    """The chapter's checks. `lists_of` gives what a chapter's files ask for; `tracks` have the tools
    that it may ask for. Raises UsageProblem.
    """

    def made(chapter: CourseChapter) -> tuple[Check, ...]:
        return tuple(_all(file, chapter, lists_of(chapter), tuple(tracks)))

    return as_said(file, chapter, made)


def _all(
    file: CourseFile, chapter: CourseChapter, lists: Lists, tracks: tuple[Chapter, ...]
) -> Iterator[Check]:
    wanted = wanted_by(file, chapter, lists)
    yield from never_of_an_index(_of(wanted, file, chapter, lists, tracks), wanted)


def _of(
    wanted: Wanted,
    file: CourseFile,
    chapter: CourseChapter,
    lists: Lists,
    tracks: tuple[Chapter, ...],
) -> Iterator[Check]:
    place, conda = place_of(file, chapter), chapter.asked.conda or ""
    first = first_checks(wanted, conda, lists.python or ANY_PYTHON, place)
    yield from first.every
    installer, packages = first.of_packages, tuple[Check, ...]()
    if wanted.requirements:
        packages = (course_packages(wanted, chapter.id, (first.python,), installer),)
        yield from packages
    listed = {program.command: program.versions for program in lists.programs}
    for command, versions in {**listed, **chapter.asked.commands}.items():
        yield command_works(command, versions, chapter.id)
    named = tuple(package.name for package in wanted.named.packages)
    yield from of_keys(file, chapter, Before(first.python, (*installer, *packages), named), tracks)
    if wanted.jupyter:
        jupyter = tuple(of_notebooks(wanted, place, (first.python,), (*installer, *packages)))
        yield from jupyter
        before = (*installer, *packages, *jupyter)
        yield wanted.check(
            chapter.id,
            lambda stack: notebooks_work(place, stack, (first.python,), before),
        )
