"""Which texts with Python are lessons, where there are notebooks too, and which are prose beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from envcheck.adopt.dividing.naming import number
from envcheck.adopt.reading.sources import BOOKS, LESSON, Source
from envcheck.adopt.reading.tree import downwards

# So many texts with Python for each notebook are lessons, wherever they lie.
PROSE = 2


def followed(sources: Sequence[Source]) -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    """The course without prose, and the prose."""
    lessons = [source for source in sources if source.kind == LESSON]
    books = [s for s in sources if s.kind in BOOKS and not s.name.endswith(".py")]
    if len(lessons) > PROSE * len(books):
        return tuple(sources), ()
    taken: dict[tuple[str, str], set[int]] = {}
    for book in books:
        for kind, count in _numbered(book):
            taken.setdefault(kind, set()).add(count)
    prose = tuple(
        lesson
        for lesson in lessons
        if not any(kind in taken and n not in taken[kind] for kind, n in _numbered(lesson))
    )
    return tuple(source for source in sources if source not in prose), prose


def _numbered(source: Source) -> Iterator[tuple[tuple[str, str], int]]:
    """The numbers in its folders' names and its own, each with where it counts and after which word: a
    lesson `week6/l.md` goes on where `week5` has notebooks.
    """
    for place in (*downwards(source.folder), str(PurePosixPath(source.name).with_suffix(""))):
        above, _, name = place.rpartition("/")
        if told := number(name):
            yield (above, told[0].lower()), told[1]
