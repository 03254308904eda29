"""What was read and written, in words and as data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.needs import Question
from envcheck.adopt.reading.sources import KNITR, LESSON, NOTEBOOK, SCRIPT, TEXT
from envcheck.adopt.writing.new_file import where
from envcheck.adopt.writing.outside import outside
from envcheck.course_file.values import NAME, RESERVED

SCHEMA = 1
MOST = 12  # stumbling stones that are shown; the data has all
WORDS = {
    NOTEBOOK: ("notebook", "notebooks"),
    TEXT: ("notebook in text", "notebooks in text"),
    KNITR: ("text for knitr", "texts for knitr"),
    LESSON: ("lesson", "lessons"),
    SCRIPT: ("script", "scripts"),
}


@dataclass(frozen=True)
class Told:
    """What came of it. `ending` is a sentence; `difference` is empty where there is none. `first` is a
    chapter, by its name in the file.
    """

    reading: Reading
    ending: str
    first: str
    difference: str = ""


def as_text(told: Told) -> str:
    """For the author."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    reading = told.reading
    yield f"{reading.id}: {_counted(reading)}"
    if told.difference:
        yield ""
        yield told.difference.rstrip("\n")
    yield ""
    yield told.ending
    stones = stumbles(reading)
    if stones:
        yield ""
        yield "Learners will stumble over these"
        yield from (f"  {stone}" for stone in stones[:MOST])
        if len(stones) > MOST:
            yield f"  and {len(stones) - MOST} more, which --format json lists"
    if reading.questions:
        yield ""
        yield f"Not decided, `# ?` in {NAME}: name the package, or write `# left out: NAME`"
        yield from (
            f"  {where(reading, row)}  `{row.module}`{_proposed(reading, row)}"
            for row in reading.questions
        )
    yield ""
    named = f"run {told.first}" if told.first in RESERVED else told.first
    yield f"Next: envcheck {named}          For CI: envcheck adopt --check"


def _proposed(reading: Reading, row: Question) -> str:
    told = reading.proposals.get(row.module, "")
    return f": in your environment it is of {told}; is that what learners need?" if told else ""


def _counted(reading: Reading) -> str:
    """How much of which kind, and the lists."""
    kinds = Counter(source.kind for source in reading.sources)
    parts = [
        f"{kinds[kind]} {words[kinds[kind] != 1]}" for kind, words in WORDS.items() if kinds[kind]
    ]
    if reading.prose:
        parts.append(
            f"{len(reading.prose)} {'text' if len(reading.prose) == 1 else 'texts'} taken for prose"
        )
    return ", ".join([*parts, *(listing.name for listing in reading.lists.of_all)])


def as_json(told: Told) -> str:
    """For programs: all of it."""
    reading = told.reading
    value = {
        "schema": SCHEMA,
        "course": reading.id,
        "ending": told.ending,
        "difference": told.difference,
        "sources": Counter(source.kind for source in reading.sources),
        "lost_cells": sum(source.lost for source in reading.sources),
        "requires": [listing.name for listing in reading.lists.of_all],
        "chapters": [
            {
                "id": part.chapter.id,
                "folder": part.chapter.folder,
                "packages": [need.requirement for need in part.needs],
            }
            for part in reading.parts
        ],
        "prose": [source.name for source in reading.prose],
        "outside": [source.name for source in outside(reading)],
        "stumbles": [
            {"file": stone.file, "line": stone.line, "text": stone.text}
            for stone in stumbles(reading)
        ],
        "undecided": [_undecided(reading, row) for row in reading.questions],
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _undecided(reading: Reading, row: Question) -> dict[str, str]:
    here = reading.proposals.get(row.module, "")
    return {"module": row.module, "place": where(reading, row), "here": here}
