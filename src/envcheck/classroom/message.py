"""What an instructor can paste to everybody whom a cause meets. It is made of our own words alone:
commands and sentences of a report come from a learner's machine, and are not passed on to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from envcheck.classroom.overview import Group
from envcheck.code import Code
from envcheck.model import Course

CODE = re.compile(r"(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*")
CHAPTER = re.compile(r"\w[\w.-]{0,63}")


class Catalogue:
    """What the codes mean, by the courses that are installed here."""

    def __init__(self, courses: Sequence[Course]) -> None:
        self.courses = tuple(courses)  # those that are installed here
        self._codes = {str(code): code for course in reversed(courses) for code in course.codes}

    def meaning(self, code: str) -> str:
        """The first line of the code's page; empty where no installed course has it."""
        declared = self._codes.get(code)
        return declared.meaning if declared else ""

    def has(self, code: str) -> bool:
        """Whether an installed course has it."""
        return code in self._codes

    def message(self, group: Group, chapter: str) -> str:
        """A few lines for a chat or a mail, which name nobody; none where the code or the chapter,
        which a report may have made up, is more than a name.
        """
        code = self._codes.get(group.code)
        if not (code or CODE.fullmatch(group.code)) or not CHAPTER.fullmatch(chapter):
            return ""
        about = f"{code.meaning}." if code else f"envcheck calls it `{group.code}`."
        return "\n".join(
            (
                f"If `envcheck {chapter}` {_ends(group)} with {group.code}: {about}",
                _next_step(code, chapter),
                *((f"Why: envcheck explain {group.code}",) if code else ()),
            )
        )


def _ends(group: Group) -> str:
    return "ended" if group.error else "warned"


def _next_step(code: Code | None, chapter: str) -> str:
    """The line that fits every machine: each gets its own fix from it."""
    if code is not None and code.automatic:
        return f"Type this; it shows the fix for your machine, asks, and checks again:\n    envcheck {chapter} --fix"
    return f"Type this, and do what stands under `Next step`; it is made for your machine:\n    envcheck {chapter}"
