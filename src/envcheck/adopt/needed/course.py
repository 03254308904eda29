"""All that was read of a course: its chapters, what each needs, and what learners stumble over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from envcheck.adopt.asked.beside import Beside, beside
from envcheck.adopt.asked.lists import Lists, lists
from envcheck.adopt.dividing import contents
from envcheck.adopt.needed import altogether
from envcheck.adopt.needed.asked_by_checkers import Asked, asked, of_folder
from envcheck.adopt.needed.needs import Need, Question
from envcheck.adopt.needed.part import Part, common, named, parts_of
from envcheck.adopt.needed.proposals import proposals
from envcheck.adopt.reading.notebooks import Unreadable
from envcheck.adopt.reading.sources import Source
from envcheck.adopt.reading.tree import TOO_MANY, Tree, tree
from envcheck.errors import UsageProblem

NO_COURSE = (
    "there is no course to read here: no notebook, no lesson with Python in it, and no script "
    "that imports a package"
)


@dataclass(frozen=True)
class Reading:
    """The course as its files tell it. `common` is needed by most chapters; `settled` are files and folders
    that its author has left out, or put into a table; `prose` are texts with Python beside the notebooks.
    """

    tree: Tree
    id: str
    sources: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...]
    lists: Lists
    parts: tuple[Part, ...]
    pattern: str
    common: tuple[Need, ...]
    beside: Beside
    settled: frozenset[str] = frozenset()
    prose: tuple[Source, ...] = ()

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """What a checker for the whole course asks for, and no list says."""
        folders = {part.chapter.folder for part in self.parts}
        rows = (row for row in self.beside.checked if not any(of_folder(row, f) for f in folders))
        return asked(rows, self.lists)

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
    every = altogether.everything(files)
    divided = contents.divided(files, every.sources)
    told = beside(files, elsewhere=every.elsewhere)
    folders = frozenset(chapter.folder for chapter in divided.each)
    declared = lists(
        files,
        altogether.imported(every.sources),
        folders,
        told.lists,
        altogether.listed(files, every.sources),
    )
    course = altogether.course(files, declared, told.by_name, every.sources)
    parts, unnamed = named(parts_of(course, divided, told.checked))
    if not parts:
        raise UsageProblem(f"{root}: {_why_none(files)}")
    return Reading(
        files,
        contents.course_name(root),
        every.sources,
        (*every.unreadable, *unnamed),
        declared,
        parts,
        divided.pattern,
        common(parts),
        told,
        prose=every.prose,
    )


def _why_none(files: Tree) -> str:
    return f"{NO_COURSE} ({files.unread}: {TOO_MANY})" if files.unread else NO_COURSE
