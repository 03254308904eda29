"""The text of a new `envcheck.toml`: at most 25 lines and the chapters, each with where it comes from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from envcheck.adopt.alternatives import python_of
from envcheck.adopt.asked_variables import asked_variables, file_of
from envcheck.adopt.course import Reading
from envcheck.adopt.environments import environment
from envcheck.adopt.machine import Port
from envcheck.adopt.needs import Need, Question
from envcheck.adopt.own_notebooks import own_notebooks
from envcheck.adopt.part import Part
from envcheck.adopt.sources import place
from envcheck.adopt.variables import Variable
from envcheck.course_file.kinds import takes_text
from envcheck.course_file.values import SHIPPED

MOST_QUESTIONS = 8  # that have a line of their own
MOST_UNUSED = 3
# The program of a notebook's language, by its names in small letters.
OF_LANGUAGES = {"r": "R", "ir": "R", "julia": "julia"}


def text(reading: Reading) -> str:
    """The file, as it is written where there is none."""
    return "\n".join([*_head(reading), "", *_chapters(reading)]).rstrip() + "\n"


def quoted(value: str) -> str:
    """A basic string of TOML."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def listed(values: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, values))}]"


def _head(reading: Reading) -> Iterator[str]:
    if os.path.isfile(reading.tree.root / SHIPPED):
        yield f"#:schema ./{SHIPPED}"
    yield f"course = {quoted(reading.id)}  # the folder's name"
    requires = [listing.name for listing in reading.lists.of_all]
    if requires:
        yield f"requires = {listed(requires)}  # read again at every run"
    yield from _alternatives(reading)
    if made := environment(reading):
        yield f"conda = {quoted(made.name)}  # {_plain(made.file)}:{made.line}, and the README"
    for listing in reading.lists.unused[:MOST_UNUSED]:
        yield f"# not read: {_plain(listing.name)}, of which the course imports nothing"
    yield from _packages(reading)
    yield from _of_the_machine(reading)
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
    names = ", ".join(_plain(listing.name) for listing in others)
    yield f"# not read: {names}, {'which lists' if len(others) == 1 else 'which list'} the same packages"
    python = python_of(others)
    if python and not any(listing.pythons for listing in reading.lists.of_all):
        yield f"python = {quoted(python.versions)}  # {_plain(python.file)}:{python.line}"


def _packages(reading: Reading) -> Iterator[str]:
    """What holds for every chapter, and no list says."""
    checked = {each.distribution for each in reading.asked}
    common = [need for need in reading.common if need.distribution not in checked]
    if common:
        yield f"# {_spoken(common)}: {_origin(common)}, in most chapters"
    if reading.asked:
        names = ", ".join(each.distribution for each in reading.asked)
        row = reading.asked[0].row
        yield f"# {names}: from {_plain(row.file)}:{row.line}"
    if rows := [
        *(need.requirement for need in common),
        *(each.requirement for each in reading.asked),
    ]:
        yield f"packages = {listed(rows)}"


def _of_the_machine(reading: Reading) -> Iterator[str]:
    """Programs, and the ports of containers that belong to no chapter alone."""
    if reading.beside.programs:
        first = reading.beside.programs[0]
        each = ", ".join(f'{quoted_key(program.name)} = "*"' for program in reading.beside.programs)
        yield f"commands = {{ {each} }}  # {_plain(first.file)}:{first.line}"
    yield from _own_of_the_machine(reading, None)


def _languages(reading: Reading, part: Part) -> Iterator[str]:
    """The programs of notebooks in other languages than Python, without those of the whole course."""
    asked = {program.name for program in reading.beside.programs}
    rows = {
        OF_LANGUAGES[source.language]: source
        for source in reversed(part.chapter.sources)
        if source.language in OF_LANGUAGES
    }
    if own := {program: source for program, source in rows.items() if program not in asked}:
        each = ", ".join(f'{program} = "*"' for program in own)
        first = next(iter(own.values()))
        yield f"commands = {{ {each} }}  # {_plain(first.name)} is in another language than Python"


def _own_of_the_machine(reading: Reading, part: Part | None) -> Iterator[str]:
    """Ports and variables of a chapter, or of the course."""
    if ports := _ports(reading, part):
        yield _ports_line(ports)
    if rows := asked_variables(reading, part):
        each = ", ".join(f"{row.name} = {_variable(reading, part, row)}" for row in rows)
        yield f"env = {{ {each} }}  # {_plain(rows[0].file)}:{rows[0].line}"


def _variable(reading: Reading, part: Part | None, variable: Variable) -> str:
    file = file_of(reading, part, variable)
    if not file:
        return quoted("*")
    without = f", not = {listed(variable.placeholders)}" if variable.placeholders else ""
    return f"{{ file = {quoted(file)}{without} }}"


def quoted_key(name: str) -> str:
    """A key of TOML."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else quoted(name)


def _ports(reading: Reading, part: Part | None) -> list[Port]:
    """The ports of the containers in this chapter's folder, or in the course's own. Of several
    compose files nobody knows which learners start, so they say nothing; the one nearest to the
    chapter is its own.
    """
    folder = part.chapter.folder if part is not None else "."
    below = [port for port in reading.beside.ports if port.file.startswith(f"{folder}/")]
    if folder == ".":
        below = [port for port in reading.beside.ports if "/" not in port.file and part is None]
    depth = min((port.file.count("/") for port in below), default=0)
    nearest = [port for port in below if port.file.count("/") == depth]
    return nearest if len({port.file for port in nearest}) == 1 else []


def _ports_line(ports: list[Port]) -> str:
    numbers = ", ".join(str(number) for number in sorted({port.number for port in ports}))
    return f"ports = [{numbers}]  # {_plain(ports[0].file)}"


def _questions(reading: Reading) -> Iterator[str]:
    each = reading.questions
    alone = each if len(each) <= MOST_QUESTIONS else each[: MOST_QUESTIONS - 1]
    yield from (question_line(reading, question) for question in alone)
    if rest := each[len(alone) :]:
        yield f"# ? {', '.join(question.module for question in rest)}: the same"


def question_line(reading: Reading, question: Question) -> str:
    """A comment that asks for the package."""
    told = reading.proposals.get(question.module, "")
    which = f"{_plain(told)} has it here" if told else "which package is it?"
    return f"# ? {question.module}: imported in {_plain(where(reading, question))}; {which}"


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
        more = [*_languages(reading, part), *_own_of_the_machine(reading, part)]
        by_pattern = fnmatchcase(part.chapter.folder, reading.pattern.rstrip("/"))
        if by_pattern and not needs and not more and part.chapter.has_notebooks:
            continue  # its folder says it
        yield from (*chapter_lines(reading, part, needs), *more, "")


def chapter_lines(reading: Reading, part: Part, needs: list[Need]) -> Iterator[str]:
    """The table of a chapter."""
    chapter = part.chapter
    yield f"[chapter.{chapter.id}]"
    if chapter.title and takes_text(chapter.title):
        yield f"title = {quoted(chapter.title)}  # {_plain(chapter.sources[0].name)}"
    yield f"folder = {quoted(chapter.folder)}"
    if books := own_notebooks(reading, part):
        yield f"notebooks = {listed(books)}"
    if chapter.is_text:
        yield f"jupyter = true  # its notebooks are text, as {_plain(chapter.sources[0].name)}"
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
    first = _plain(rows[0].source.name)
    if any(need.minimum for need in rows):
        return f"imported as in {first}, versions as it tests them"
    if all(need.listed for need in rows):
        return f"imported as in {first}, in lists of that folder"
    return f"imported as in {first}"


def _plain(name: str) -> str:
    """A file's name that fits into a comment."""
    return re.sub(r"[^\x20-\x7e\u00a0-\ud7ff]", "?", name)


def _spoken(needs: Iterable[Need]) -> str:
    names = [need.distribution for need in needs]
    return names[0] if len(names) == 1 else f"{len(names)} packages"
