"""The text of a new `envcheck.toml`: at most 25 lines and the chapters, each with where it comes from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.needs import Need, Question
from envcheck.adopt.needed.part import Part
from envcheck.adopt.needed.spoken import verb
from envcheck.adopt.reading.sources import place
from envcheck.adopt.writing import keys
from envcheck.adopt.writing.own_notebooks import own_notebooks
from envcheck.adopt.writing.toml_text import listed, plain, quoted
from envcheck.course_file.kinds import takes_text
from envcheck.course_file.values import SHIPPED

MOST_QUESTIONS = 8  # that have a line of their own
MOST_UNUSED = 3


def text(reading: Reading) -> str:
    """The file, as it is written where there is none."""
    return "\n".join([*_head(reading), "", *_chapters(reading)]).rstrip() + "\n"


def _head(reading: Reading) -> Iterator[str]:
    if os.path.isfile(reading.tree.root / SHIPPED):
        yield f"#:schema ./{SHIPPED}"
    yield f"course = {quoted(reading.id)}  # the folder's name"
    requires = [listing.name for listing in reading.lists.of_all]
    if requires:
        yield f"requires = {listed(requires)}  # read again at every run"
    yield from _alternatives(reading)
    yield from (key.line for key in keys.conda(reading))
    for listing in reading.lists.unused[:MOST_UNUSED]:
        yield f"# not read: {plain(listing.name)}, of which the course imports nothing"
    beside = [listing for listing in reading.lists.variants if not listing.folder]
    for listing in beside[:MOST_UNUSED]:
        yield f"# not read: {plain(listing.name)}, which by its name is not for everybody"
    yield from _packages(reading)
    yield from (key.line for key in keys.machine(reading))
    yield from _questions(reading)
    if reading.pattern:
        yield ""
        yield "[chapters]"
        yield f"from = {quoted(reading.pattern)}  # each such folder with notebooks"


def _alternatives(reading: Reading) -> Iterator[str]:
    """Lists for which another one stands, and the Python that they alone say."""
    others = reading.lists.alternatives
    if not others:
        return
    names = ", ".join(plain(listing.name) for listing in others)
    yield f"# not read: {names}, {'which lists' if len(others) == 1 else 'which list'} the same packages"
    yield from (key.line for key in keys.python(reading))


def _packages(reading: Reading) -> Iterator[str]:
    """What holds for every chapter, and no list says."""
    checked = {each.distribution for each in reading.asked}
    common = [need for need in reading.common if need.distribution not in checked]
    if common:
        yield f"# {_spoken(common)}: {_origin(common)}, in most chapters"
    if reading.asked:
        names = ", ".join(each.distribution for each in reading.asked)
        row = reading.asked[0].row
        yield f"# {names}: from {plain(row.file)}:{row.line}"
    if rows := [
        *(need.requirement for need in common),
        *(each.requirement for each in reading.asked),
    ]:
        yield f"packages = {listed(rows)}"


def _questions(reading: Reading) -> Iterator[str]:
    each = reading.questions
    alone = each if len(each) <= MOST_QUESTIONS else each[: MOST_QUESTIONS - 1]
    yield from (question_line(reading, question) for question in alone)
    if rest := each[len(alone) :]:
        yield f"# ? {', '.join(question.module for question in rest)}: the same"


def question_line(reading: Reading, question: Question) -> str:
    """A comment that asks for the package."""
    told = reading.proposals.get(question.module, "")
    which = f"{plain(told)} has it here" if told else "which package is it?"
    return (
        f"# ? {question.module}: {verb([question])} in {plain(where(reading, question))}; {which}"
    )


def where(reading: Reading, row: Need | Question) -> str:
    """`file:line` of the first place."""
    return f"{row.source.name}:{place(reading.tree.root, row.source, row.use)}"


def own_needs(reading: Reading, part: Part) -> list[Need]:
    """What the chapter needs, and the course does not for all."""
    common = {need.distribution for need in reading.common}
    common |= {each.distribution for each in reading.asked}
    return [need for need in part.needs if need.distribution not in common]


def _chapters(reading: Reading) -> Iterator[str]:
    for part in reading.parts:
        needs = own_needs(reading, part)
        more = [key.line for key in keys.of_chapter(reading, part)]
        by_pattern = fnmatchcase(part.chapter.folder, reading.pattern.rstrip("/"))
        if by_pattern and not needs and not more and part.chapter.has_notebooks:
            continue  # its folder says it
        yield from (*chapter_lines(reading, part, needs), *more, "")


def chapter_lines(reading: Reading, part: Part, needs: list[Need]) -> Iterator[str]:
    """The table of a chapter."""
    chapter = part.chapter
    yield f"[chapter.{chapter.id}]"
    if chapter.title and takes_text(chapter.title):
        yield f"title = {quoted(chapter.title)}  # {plain(chapter.sources[0].name)}"
    yield f"folder = {quoted(chapter.folder)}"
    if books := own_notebooks(reading, part):
        yield f"notebooks = {listed(books)}"
    yield from (key.line for key in keys.text_notebooks(part))
    own = own_list(needs)
    if own:
        yield f"requires = [{quoted(own)}]  # read again at every run"
    rest = [need for need in needs if own not in need.lists and need.on_index]
    if rest:
        yield f"packages = {listed(need.requirement for need in rest)}  # {_origin(rest)}"


def own_list(needs: Iterable[Need]) -> str:
    """The chapter's own list that names all that any of its lists names; empty where there is none."""
    named = [set(need.lists) for need in needs if need.listed]
    return min(set.intersection(*named), default="", key=lambda name: (name.count("/"), name)) if named else ""  # fmt: skip


def _origin(needs: Iterable[Need]) -> str:
    """Where these come from, in words."""
    rows = list(needs)
    first = plain(rows[0].source.name)
    if any(need.minimum for need in rows):
        return f"{verb(rows)} as in {first}, versions as it tests them"
    if all(need.listed for need in rows):
        return f"{verb(rows)} as in {first}, in lists of that folder"
    return f"{verb(rows)} as in {first}"


def _spoken(needs: Iterable[Need]) -> str:
    names = [need.distribution for need in needs]
    return names[0] if len(names) == 1 else f"{len(names)} packages"
