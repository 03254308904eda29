"""Folders that say by their names that what lies in them is nobody's task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from envcheck.adopt.reading.sources import Source

# A course in several languages: one of them is read.
LANGUAGES = (
    "ar bn cs de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv ta te th tr uk vi zh"
)
TRANSLATED = {"translations", "translated", "i18n", "locale", "locales"}
# Folders beside the chapters.
BESIDE = {"answers", "archive", "data", "datasets", "drafts", "figures", "images", "old", "solved"}
BESIDE |= {"solution", "solutions", "static", "templates"}
# What a course was once, perhaps with its version or its day; `legacy-code` is what a chapter is about.
NUMBER = r"v?\d[\da-z]*"
WHEN = rf"{NUMBER}|spring|summer|autumn|fall|winter|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
RETIRED = re.compile(
    r"[_.]?(?:archived?|deprecated|legacy|obsolete)"
    rf"(?:(?=.*\d)(?:{NUMBER})?(?:[-_. ]+(?:{WHEN}))*)?[-_. ]*",
    re.IGNORECASE,
)


def is_language(name: str) -> bool:
    short = re.fullmatch(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?", name)
    return short is not None and name[:2] in LANGUAGES.split()


def is_put_aside(source: Source) -> bool:
    """Whether it lies in a folder that says so: solutions, data, another language, what was once."""
    folders = source.folder.split("/")
    return any(
        name.strip("_-. ").lower() in BESIDE | TRANSLATED
        or RETIRED.fullmatch(name)
        or is_language(name)
        for name in folders
    )


def worked_in(sources: Sequence[Source]) -> list[Source]:
    """Those with code, where any has some, and none that somebody translated or put aside."""
    own = [s for s in sources if not TRANSLATED & set(s.folder.lower().split("/"))]
    today = [s for s in own if not any(map(RETIRED.fullmatch, s.folder.split("/")))] or own
    return [source for source in today if not source.is_prose] or today
