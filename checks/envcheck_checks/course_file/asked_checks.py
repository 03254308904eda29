"""The checks of the keys that stand beside packages and notebooks, in the order of a first evening."""

from __future__ import annotations

from collections.abc import Iterator

from envcheck import Chapter, Check
from envcheck.course_file.blame import wrong_item
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck_checks.course_file.chapter_place import Before, place_of
from envcheck_checks.course_file.data_files.files import files_there, leads_out
from envcheck_checks.course_file.machine_checks import of_machine
from envcheck_checks.course_file.programs.proof import proof_holds
from envcheck_checks.course_file.programs.tools import tools_work


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
    yield from of_machine(asked, place, before)
    yield from tools_work(asked.tools, file, tracks, place, before.python)
    for number, proof in enumerate(asked.proof, 1):
        yield proof_holds(proof, number, place, (before.python,), before.packages)
