"""What a chapter needs besides what the course declares, name by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from envcheck.adopt.asked.brought import with_brought
from envcheck.adopt.asked.lists import Lists
from envcheck.adopt.dividing.chapters import Chapter
from envcheck.adopt.needed import namespaces
from envcheck.adopt.needed.distributions import BUILT_IN, NOT_HERE, Names, apart
from envcheck.adopt.needed.following import Following
from envcheck.adopt.needed.own_modules import OwnModules
from envcheck.adopt.reading.extras import with_extras
from envcheck.adopt.reading.imports import Import
from envcheck.adopt.reading.sources import SCRIPT, Source, Use
from envcheck.module_names import same

COLAB = "google.colab"
GENERATED = ("_pb2", "_pb2_grpc")  # modules that a compiler of protocols writes


@dataclass(frozen=True)
class Need:
    """A distribution that is in none of the course's lists for all. `lists` are those of its folder
    that name it; where it is not `on_index`, only they say what it is. `files` counts those that import it; source and use are the first;
    `variants` are lists for some machines that name it.
    """

    distribution: str
    source: Source
    use: Use
    files: int = 1
    lists: tuple[str, ...] = ()
    minimum: str = ""
    on_index: bool = True
    installed: str = ""
    variants: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        return bool(self.lists)

    @property
    def requirement(self) -> str:
        lowest = f"{self.distribution}>={self.minimum}" if self.minimum else ""
        return lowest or self.installed or self.distribution


@dataclass(frozen=True)
class Question:
    """An import of which nobody can say what installs it."""

    module: str
    source: Source
    use: Use


@dataclass(frozen=True)
class Course:
    """What all chapters are judged by."""

    lists: Lists
    own: OwnModules
    following: Following
    installed: frozenset[str]  # what the course itself installs by name, normalised
    fitting: frozenset[str] = frozenset()  # and what else it may install


def needs(course: Course, chapter: Chapter) -> tuple[tuple[Need, ...], tuple[Question, ...]]:
    """The chapter's needs and questions, in the order of their names."""
    needed: dict[str, Need] = {}
    asked: dict[str, Question] = {}
    for source in course.following.all_of(_judged(chapter)):
        minimums = _minimums(course, source)
        here: set[str] = set()
        every = [answer for use in source.uses for answer in _answers(course, source, use)]
        for answer in sorted(every, key=_only_comes):
            if isinstance(answer, Question):
                asked.setdefault(answer.module, answer)
            elif answer.distribution not in here:
                here.add(answer.distribution)
                needed[answer.distribution] = _more(
                    needed.get(answer.distribution), answer, minimums
                )
    return tuple(needed[name] for name in sorted(needed)), tuple(asked[n] for n in sorted(asked))


def _only_comes(answer: Need | Question) -> bool:
    """Whether it is asked for only as it comes with something else."""
    return bool(answer.use.imported.outer)


def _judged(chapter: Chapter) -> Iterable[Source]:
    """Its notebooks and lessons; its scripts where it has none."""
    followed = [source for source in chapter.sources if source.kind != SCRIPT]
    return followed or chapter.sources


def _more(before: Need | None, need: Need, minimums: dict[str, str]) -> Need:
    minimum = minimums.get(need.distribution, "")
    if before is None:
        return replace(need, minimum=minimum)
    lists = tuple(name for name in before.lists if name in need.lists)
    first = need if _only_comes(before) and not _only_comes(need) else before
    return replace(
        first,
        files=before.files + 1,
        lists=lists,
        minimum=max(before.minimum, minimum, key=_order),
        installed=_one_of(before.installed, need.installed),
    )


def _one_of(*how: str) -> str:
    """How a package is installed, where all who say more than its name say the same."""
    told = {each for each in how if each}
    more = {each for each in told if re.search(r"[\[<>=~!]", each)} or told
    return more.pop() if len(more) == 1 else ""


def _order(version: str) -> list[int]:
    return [int(part) for part in version.split(".")] if version else []


def _minimums(course: Course, source: Source) -> dict[str, str]:
    """The versions that a notebook tests for, by distribution."""
    names = Names(course.lists.names)
    return {
        names.distribution(Import(module, 0)): version
        for module, version in source.minimums.items()
    }


def _answers(course: Course, source: Source, use: Use) -> list[Need | Question]:
    """What an import asks for. Where it takes several names, one that can be told answers for all."""
    each = [_judge(course, source, replace(use, imported=part)) for part in apart(use.imported)]
    told = [answer for answer in each if answer and not isinstance(answer, Question)]
    asked = [answer for answer in each if isinstance(answer, Question)]
    return [*told] if len(asked) < len(each) else [*asked]


def _judge(course: Course, source: Source, use: Use) -> Need | Question | None:
    """What an import asks for; None for nothing that is missing in the lists."""
    if (own := _by_itself(course, source, use.imported)) is not None:
        return Need(own, source, use, installed=source.installs.by_name[own])
    for group in use.imported.instead_of:
        if all(_is_at_hand(course, source, replace(use, imported=each)) for each in group):
            return None
    if _is_nobodys(course, source, use.imported):
        return None
    return _declared(course, source, use)


def _by_itself(course: Course, source: Source, imported: Import) -> str | None:
    """What the source itself installs by name for an import that would be taken for the course's own, of
    another folder.
    """
    by_name = source.installs.by_name
    if imported.top in BUILT_IN or (source.searched, imported.top) in course.own.beside:
        return None
    name = Names(frozenset(by_name)).distribution(imported) if by_name else ""
    if name not in by_name or name in course.lists.names_for(source.for_lists):
        return None
    return name if _is_own(course, source, imported) else None


def _is_at_hand(course: Course, source: Source, use: Use) -> bool:
    """Whether a learner who installed what the course declares has it."""
    imported = replace(use.imported, optional=False)
    if imported.top in NOT_HERE or imported.module.startswith(COLAB):
        return False
    answer = _judge(course, source, replace(use, imported=imported))
    return answer is None or (isinstance(answer, Need) and answer.listed)


def _is_nobodys(course: Course, source: Source, imported: Import) -> bool:
    """Whether no package is asked for: Python's, the place's where it runs, or the course's own."""
    top = imported.top
    if top in BUILT_IN or top.endswith(GENERATED) or imported.module.startswith(COLAB):
        return True
    return _is_own(course, source, imported)


def _is_own(course: Course, source: Source, imported: Import) -> bool:
    """Whether it lies beside the source, or above it."""
    own = course.own
    return own.is_beside(source.searched, imported.top) or own.holds(source.searched, imported)


def _declared(course: Course, source: Source, use: Use) -> Need | Question | None:
    """The same for a package, by the lists for it."""
    imported = use.imported
    if source.own and Names(source.own).distribution(imported) in with_brought(source.own):
        return None
    own_lists = course.lists.names_for(source.for_lists)
    name = Names(own_lists).distribution(imported)
    if same(name) in course.lists.at_hand:
        return None
    if name in own_lists:
        near = tuple(
            each.name for each in course.lists.near(source.for_lists) if name in each.names
        )
        on_index = name not in course.lists.of_no_index
        return Need(name, source, use, lists=near, on_index=on_index)
    if name in course.lists.brought_for(source.for_lists) or _may_come(course, source, imported):
        return None
    if imported.optional or (imported.module == "google" and not name):
        return None
    return _undeclared(course, source, use, name)


def _may_come(course: Course, source: Source, imported: Import) -> bool:
    """Whether a package that is installed with extras, or by conda, may bring it: nobody can say what those bring."""
    own = with_extras((*source.block, *source.installs.names))
    return namespaces.may_come(imported, own | course.lists.more_for(source.for_lists))


def _undeclared(course: Course, source: Source, use: Use, name: str) -> Need | Question | None:
    """The same, where no list for it has it; `name` is what the table says."""
    imported, top = use.imported, use.imported.top
    if course.own.holds_anywhere(imported):
        return None if source.looks_elsewhere or not name else Question(top, source, use)
    for named in (course.lists.named_anywhere, course.installed):
        if (told := Names(named).distribution(imported)) in named:
            of_no_index = told in course.lists.of_no_index
            how = source.installs.by_name.get(told, "")
            some = tuple(row.name for row in course.lists.variants if told in row.names)
            need = Need(told, source, use, installed=how, variants=some)
            return Question(top, source, use) if of_no_index else need
    if not name and Names(course.fitting).distribution(imported) in course.fitting:
        return None  # known again by what a cell installs, and never written as a package
    if course.own.is_somewhere(top) and not name:
        return None
    if course.own.may_be(top):
        return Question(top, source, use)
    if not name:
        below = namespaces.open_child(imported.module, imported.names)
        return Question(below or top, source, use)
    return Need(name, source, use)
