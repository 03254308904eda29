"""No notebook of a course goes without a word: it is in a chapter, or is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.adopt.small_courses import course, notebook, of

from envcheck.adopt.dividing.chapters import chapters
from envcheck.adopt.dividing.put_aside import is_put_aside
from envcheck.adopt.judging.stumbling import stumbles
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.reading.sources import NOTEBOOK, Source
from envcheck.adopt.writing.decided import as_decided
from envcheck.adopt.writing.outside import outside, surprising

BOOK = notebook("import json")
NUMBERED = {"01-intro/a.ipynb": BOOK, "02-more/b.ipynb": BOOK}


def told(reading: Reading) -> list[str]:
    return [str(stone) for stone in stumbles(reading) if "in no chapter" in stone.text]


def test_a_folder_without_a_number_is_a_chapter(tmp_path: Path) -> None:
    files = {**NUMBERED, "project/p.ipynb": notebook("import torch"), "docs/how.ipynb": BOOK}
    reading = of(tmp_path, files)
    assert [part.chapter.id for part in reading.parts] == ["01-intro", "02-more", "project"]
    assert [need.distribution for need in reading.needs] == ["torch"]
    assert reading.pattern == "[0-9]*/"
    assert [source.name for source in outside(reading)] == ["docs/how.ipynb"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["appendix.ipynb"], "appendix.ipynb:1  this notebook is in no chapter, so what is needed there is not asked for; write a chapter for it, or `# left out: appendix.ipynb`"),
        (["old_ones/v1/a.ipynb", "old_ones/v1/b.ipynb"], "old_ones/v1/a.ipynb:1  this and 1 more are in no chapter, so what is needed there is not asked for; write a chapter for it, or `# left out: old_ones`"),
        (["docs/a/b/c.ipynb"], "docs/a/b/c.ipynb:1  this notebook is in no chapter, so what is needed there is not asked for; write a chapter for it, or `# left out: docs/a/b/c.ipynb`"),
    ],
)  # fmt: skip
def test_the_rest_is_told(tmp_path: Path, more: list[str], words: str) -> None:
    reading = of(tmp_path, NUMBERED | dict.fromkeys(more, BOOK))
    assert told(reading) == [words]


def test_what_says_that_it_is_beside_is_data_alone(tmp_path: Path) -> None:
    aside = ["solutions/a.ipynb", "archive-2021/b.ipynb", "translations/de/c.ipynb"]
    reading = of(tmp_path, NUMBERED | dict.fromkeys(aside, BOOK))
    assert (told(reading), [source.name for source in outside(reading)]) == ([], sorted(aside))


@pytest.mark.parametrize(
    "text",
    [
        "# left out: appendix.ipynb\n",
        '[chapter.end]\nnotebooks = ["appendix.ipynb"]\n',
        '[chapter.end]\nfolder = "."\n',
    ],
)
def test_what_the_author_decided_is_told_no_more(tmp_path: Path, text: str) -> None:
    reading = of(tmp_path, {**NUMBERED, "appendix.ipynb": BOOK})
    file = course(tmp_path, {"envcheck.toml": f'course = "c"\n{text}'}) / "envcheck.toml"
    assert told(reading)
    assert told(as_decided(file, reading)) == []


PART = st.sampled_from(["01-a", "02-b", "ch3", "more", "Notebooks", "data", "de", "en", "x~"])


@given(st.lists(st.lists(PART, min_size=1, max_size=3).map("/".join), min_size=1, unique=True))
def test_any_names(stems: list[str]) -> None:
    """Whatever they are: in a chapter, or told, or in a folder whose name puts it aside."""
    sources = [Source(f"{stem}/x.ipynb", NOTEBOOK) for stem in stems]
    inside = {source.name for each in chapters(sources).each for source in each.sources}
    reading = type("R", (), {})()
    reading.taken = [source for source in sources if source.name in inside]
    reading.sources, reading.unreadable, reading.settled = sources, (), frozenset()
    counted = sum(row.count for row in surprising(reading))
    aside = sum(is_put_aside(source) for source in sources if source.name not in inside)
    assert len(inside) + counted + aside == len(sources)
