"""Where in the file a word stands that only its checks find wrong: in the chapter, or for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from envcheck.course_file import text
from envcheck.course_file.kinds import Path as Keys
from envcheck.course_file.kinds import Wrong
from envcheck.errors import UsageProblem


def wrong_item(file: Path, chapter: str, words: Keys, reason: str) -> UsageProblem:
    """What is wrong, with its place. `words` are a key, those below it, and last the item of a list,
    or a value in it; the place is the chapter's, else the course's, else the chapter itself.
    """
    written, values = text.read(file)
    holders: tuple[Keys, ...] = (("chapter", chapter), ())
    places = (place for holder in holders for place in _places(values, holder, words))
    path = next(places, ("chapter", chapter))
    return text.problem(file, written, Wrong(path, reason))


def _places(values: Any, holder: Keys, words: Keys) -> Iterator[Keys]:  # any values of TOML
    """Every path to these words below the holder."""
    for part in holder:
        values = values.get(part, {}) if isinstance(values, dict) else {}
    yield from ((*holder, *path) for path in _below(values, words))


def _below(value: Any, words: Keys) -> Iterator[Keys]:
    if not words:
        yield ()
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from ((index, *path) for path in _below(item, words))
    elif isinstance(value, dict) and words[0] in value:
        yield from ((words[0], *path) for path in _below(value[words[0]], words[1:]))
    elif words == (value,) or (
        isinstance(value, dict) and len(words) == 1 and words[0] in value.values()
    ):
        yield ()
