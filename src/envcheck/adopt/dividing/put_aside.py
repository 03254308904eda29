"""Folders that say by their names that what lies in them is nobody's task."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from envcheck.adopt.reading.sources import SCRIPT, Source
from envcheck.adopt.reading.tree import downwards

# A course in several languages: one of them is read.
LANGUAGES = (
    "ar bn cs de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv ta te th tr uk vi zh"
)
TRANSLATED = {"translations", "translated", "i18n", "locale", "locales"}
# What is nobody's task wherever it lies.
DONE = {"answers", "archive", "drafts", "old", "solved", "solution", "solutions"}
# Folders beside the chapters; one in a chapter may well be worked in.
BESIDE = DONE | {"data", "datasets", "figures", "images", "static", "templates"}
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
    """Those with code, where any has some, and none that somebody translated or put aside in whatever
    folder of a chapter, unless nothing else lies around that folder for learners to follow.
    """
    copies = _translations(sources)
    aside = {source.name: _aside(source, copies) for source in sources}
    followed = [source for source in sources if source.kind != SCRIPT] or sources
    own = (source for source in followed if not aside[source.name])
    alive = {place for source in own for place in ("", *downwards(source.folder))}
    left = [
        source
        for source in sources
        if not (at := aside[source.name]) or at.rpartition("/")[0] not in alive
    ]
    return [source for source in left if not source.is_prose] or left


def _aside(source: Source, copies: Collection[str]) -> str:
    """The first folder on the way to it that is nobody's task; empty where none is."""
    for place in downwards(source.folder):
        name = place.rpartition("/")[2]
        says_so = name.strip("_-. ").lower() in DONE or name.lower() in TRANSLATED
        if says_so or RETIRED.fullmatch(name) or place in copies:
            return place
    return ""


def _translations(sources: Sequence[Source]) -> set[str]:
    """The folders with a language's name of which most stands beside them too, without that name."""
    names = {source.name for source in sources}
    counted: Counter[str] = Counter()
    for source in sources:
        for place in downwards(source.folder):
            above, _, name = place.rpartition("/")
            if is_language(name):
                plain = f"{above}{source.name.removeprefix(place)}".lstrip("/")
                counted[place] += 1 if plain in names else -1
    return {place for place, more in counted.items() if more > 0}
