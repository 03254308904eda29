"""The table of contents of a course that is a book (Jupyter Book, MyST, Quarto): the order of its
chapters, and the titles that it gives them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from envcheck import foreign_file
from envcheck.adopt.dividing.chapters import Chapter, Chapters, chapters
from envcheck.adopt.dividing.naming import slug
from envcheck.adopt.reading import yaml_nodes
from envcheck.adopt.reading.sources import SCRIPT, Source
from envcheck.adopt.reading.tree import LESSONS, Tree
from envcheck.adopt.reading.yaml_nodes import Node, pairs

NAMES = ("_toc.yml", "_toc.yaml", "myst.yml", "_quarto.yml", "_quarto.yaml")
FILES = ("file", "href", "root", "path", "part")  # keys that name a file; `part` may be a title
TITLES = ("title", "text")
SUFFIXES = (".ipynb", ".py", *LESSONS)
MOST_BYTES = 200_000


@dataclass(frozen=True)
class Contents:
    """The places of files, and the titles that stand beside them, by their names without an ending."""

    places: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def course_name(root: Path) -> str:
    """What the course is called: as its folder."""
    return slug(root.resolve().name) or "course"


def divided(tree: Tree, sources: Sequence[Source]) -> Chapters:
    """The chapters that the names of files and folders show, in the order of the table."""
    return ordered(chapters(sources), contents(tree))


def contents(tree: Tree) -> Contents:
    """Those of the table that is nearest to the course's root; empty where there is none."""
    for name in tree.named(*NAMES):
        text = foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)
        rows = [*_entries(yaml_nodes.root(text), PurePosixPath(name).parent)]
        if rows:
            places: dict[str, int] = {}
            for stem, _ in rows:
                places.setdefault(stem, len(places))
            return Contents(places, {stem: title for stem, title in reversed(rows) if title})
    return Contents()


def ordered(shown: Chapters, table: Contents) -> Chapters:
    """The chapters as the table has them, and those that it does not name after them."""
    last = len(table.places)

    def place(chapter: Chapter) -> int:
        return min(table.places.get(_stem(source.name), last) for source in chapter.sources)

    each = sorted(shown.each, key=place)
    return Chapters(tuple(_titled(chapter, table) for chapter in each), shown.pattern)


def _titled(chapter: Chapter, table: Contents) -> Chapter:
    followed: list[Source] = [source for source in chapter.sources if source.kind != SCRIPT]
    title = table.titles.get(_stem(followed[0].name), "") if len(followed) == 1 else ""
    return replace(chapter, title=title) if title else chapter


def _entries(outermost: Node, folder: PurePosixPath) -> Iterator[tuple[str, str]]:
    """Each file that is named with its title, in the order of the text; a node that is repeated once."""
    waiting, seen = [outermost] if outermost is not None else [], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.id == "scalar":
            yield from _file(node.value, "", folder)
            continue
        inner = node.value
        if node.id == "mapping":
            texts = {key: value.value for key, value in pairs(node) if value.id == "scalar"}
            title = next((texts[key] for key in TITLES if texts.get(key)), "")
            for key in FILES:
                yield from _file(texts.get(key, ""), title, folder, is_file=key in ("file", "root"))
            inner = [value for _, value in pairs(node) if value.id != "scalar"]
        waiting += reversed(inner)


def _file(
    name: str, title: str, folder: PurePosixPath, *, is_file: bool = False
) -> Iterator[tuple[str, str]]:
    """A file that is named, Jupyter Book's without an ending."""
    if (is_file and name) or name.lower().endswith(SUFFIXES):
        yield _stem((folder / name).as_posix()), " ".join(title.split())[:200]


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    return (path.with_suffix("") if path.suffix.lower() in SUFFIXES else path).as_posix()
