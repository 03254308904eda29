"""A course file that is there already, with what it does not have yet. What somebody wrote stays."""

from __future__ import annotations

from pathlib import Path

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.writing.decided import decided
from envcheck.adopt.writing.left_out import still
from envcheck.adopt.writing.merging_chapters import add_chapters
from envcheck.adopt.writing.merging_keys import add_keys
from envcheck.adopt.writing.merging_lists import bring_lists, bring_packages
from envcheck.adopt.writing.named_notebooks import bring_up_to_date
from envcheck.adopt.writing.questions import up_to_date
from envcheck.course_file import text as course_text
from envcheck.course_file.keys import COURSE
from envcheck.course_file.kinds import Wrong
from envcheck.errors import UsageProblem


def merged(file: Path, reading: Reading) -> tuple[str, str]:
    """The text of the file, and the text that it should have. Raises UsageProblem with the line where
    it is no TOML, or has a key that is none.
    """
    import tomlkit

    written, values = course_text.read(file)
    try:
        COURSE.read(values, ())  # before anything of it is taken for something that is gone
    except Wrong as wrong:
        raise course_text.problem(file, written, wrong) from None
    try:
        document = tomlkit.parse(written)
    except (tomlkit.exceptions.TOMLKitError, RecursionError) as error:
        raise UsageProblem(f"{file}: it cannot be edited: {error}") from None
    course, away = decided(document, values, written, reading)
    bring_lists(document, values, course)
    bring_up_to_date(document, course)
    bring_packages(document, values, course, away)
    add_keys(document, values, course, away)
    added = add_chapters(document, values, course, away)
    text = tomlkit.dumps(document)
    text = text if not added else text.rstrip("\n") + "\n\n" + added
    return written, still(away, up_to_date(text, course), reading)
