"""All that was read of a course: its chapters, what each needs, and what learners stumble over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from envcheck.adopt.asked_by_checkers import Asked, asked
from envcheck.adopt.beside import Beside, beside
from envcheck.adopt.chapters import Chapter, chapters
from envcheck.adopt.lists import Lists, lists
from envcheck.adopt.naming import slug
from envcheck.adopt.needs import Course, Need, Question, imported, installed, needs
from envcheck.adopt.notebooks import Unreadable
from envcheck.adopt.own_modules import own_modules
from envcheck.adopt.proposals import proposals
from envcheck.adopt.sources import Source, sources
from envcheck.adopt.tree import Tree, tree
from envcheck.errors import UsageProblem


@dataclass(frozen=True)
class Part:
    """A chapter with what it needs of its own."""

    chapter: Chapter
    needs: tuple[Need, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Reading:
    """The course as its files tell it. `common` is needed by most chapters."""

    tree: Tree
    id: str
    sources: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...]
    lists: Lists
    parts: tuple[Part, ...]
    pattern: str
    common: tuple[Need, ...]
    beside: Beside

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """What the course's own checker asks for, and no list says."""
        return asked(self.beside.checked, self.lists)

    @cached_property
    def proposals(self) -> Mapping[str, str]:
        """What brings the modules in question on this machine, by module."""
        return proposals(self.tree.root, (row.module for row in self.questions))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Each once, by its module."""
        asked = {q.module: q for part in reversed(self.parts) for q in part.questions}
        return tuple(asked[name] for name in sorted(asked))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What no list names at all, each once with the first place."""
        needed = {
            need.distribution: need
            for part in reversed(self.parts)
            for need in part.needs
            if not need.listed
        }
        return tuple(needed[name] for name in sorted(needed))

    @property
    def taken(self) -> tuple[Source, ...]:
        """The sources that belong to a chapter: solutions and drafts beside them are nobody's task."""
        return tuple(source for part in self.parts for source in part.chapter.sources)

    def files(self, need: Need) -> int:
        """How many files import it."""
        return sum(
            each.files
            for part in self.parts
            for each in part.needs
            if each.distribution == need.distribution
        )


def read(root: Path) -> Reading:
    """Read the course in this folder; nothing of it is run. Raises UsageProblem where there is none."""
    files = tree(root)
    read_sources, unreadable = sources(files)
    divided = chapters(read_sources)
    declared = lists(files, imported(read_sources), frozenset(c.folder for c in divided.each))
    course = Course(declared, own_modules(files, read_sources), frozenset(installed(read_sources)))
    parts = tuple(Part(chapter, *needs(course, chapter)) for chapter in divided.each)
    parts = tuple(part for part in parts if _asks_something(part, declared))
    if not parts:
        raise UsageProblem(
            f"{root}: there is no course to read here: no notebook, no lesson with Python in it, "
            "and no script that imports a package"
        )
    name = slug(root.resolve().name) or "course"
    return Reading(
        files,
        name,
        read_sources,
        unreadable,
        declared,
        parts,
        divided.pattern,
        _common(parts),
        beside(files),
    )


def _asks_something(part: Part, declared: Lists) -> bool:
    chapter = part.chapter
    return bool(declared.of_all or part.needs or chapter.has_notebooks or chapter.is_text)


def _common(parts: tuple[Part, ...]) -> tuple[Need, ...]:
    """What more than half of the chapters need, the lowest versions left to each."""
    counted: dict[str, list[Need]] = {}
    for part in parts:
        for need in (need for need in part.needs if not need.listed):
            counted.setdefault(need.distribution, []).append(need)
    return tuple(
        counted[name][0]
        for name in sorted(counted)
        if len(counted[name]) > max(1, len(parts) / 2)
        and len({n.minimum for n in counted[name]}) == 1
    )
