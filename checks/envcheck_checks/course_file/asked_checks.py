"""The checks of the keys that stand beside packages and notebooks, in the order of a first evening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from envcheck import Chapter, Check
from envcheck.course_file.asked import Asked
from envcheck.course_file.blame import wrong_item
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck_checks.course_file.capacity import disk_free, memory_there
from envcheck_checks.course_file.chapter_place import ChapterPlace, place_of
from envcheck_checks.course_file.files import files_there, leads_out
from envcheck_checks.course_file.links import links_answer
from envcheck_checks.course_file.port import port_free
from envcheck_checks.course_file.proof import proof_holds
from envcheck_checks.course_file.service import service_answers
from envcheck_checks.course_file.tools import tools_work
from envcheck_checks.course_file.variable import variable_set


@dataclass(frozen=True)
class Before:
    """The chapter's checks that stand before these: of its Python, and of what is installed there."""

    python: Check
    packages: tuple[Check, ...]


def of_keys(
    file: CourseFile, chapter: CourseChapter, before: Before, tracks: tuple[Chapter, ...]
) -> Iterator[Check]:
    """First what the machine must have, then what must work on it. Raises UsageProblem."""
    asked, place = chapter.asked, place_of(file, chapter)
    for wanted in asked.files:
        if leads_out(wanted, place):
            reason = f'"{wanted.path}" leads out of the course\'s folder'
            raise wrong_item(file.file, chapter.id, ("files", wanted.path), reason)
    if asked.files:
        yield files_there(asked.files, place, before.packages)
    yield from _of_machine(asked, place, before)
    yield from tools_work(asked.tools, file, tracks, place, before.python)
    for number, proof in enumerate(asked.proof, 1):
        yield proof_holds(proof, number, place, (before.python,), before.packages)


def _of_machine(asked: Asked, place: ChapterPlace, before: Before) -> Iterator[Check]:
    """What the machine must have: variables, ports, services, room, links."""
    for name, wanted in asked.env.items():
        yield variable_set(name, wanted, place)
    for number in asked.ports:
        yield port_free(number, place)
    for name, service in asked.services.items():
        yield service_answers(name, service, place)
    if asked.disk:
        yield disk_free(asked.disk, place, (before.python,))
    if asked.memory:
        yield memory_there(asked.memory, place)
    yield from links_answer(asked.links, place.scope)
