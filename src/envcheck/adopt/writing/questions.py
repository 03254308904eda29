"""The questions in a course file, `# ? foolib: ...`: those that nobody asks any more go, and those that are new come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.distributions import Names
from envcheck.adopt.needed.needs import Question
from envcheck.adopt.writing.matching import Tables, matched
from envcheck.adopt.writing.new_file import question_line
from envcheck.adopt.writing.packages import of_chapter, package_names
from envcheck.module_names import same
from envcheck.versions import normal_name

LINE = re.compile(
    r"(?P<mark>[ \t]*#[ \t]*\?[ \t]*)(?P<names>[\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)(?=[ \t]*:)"
)


def asked_in(written: str) -> set[str]:
    """The modules of which the file still asks."""
    matches = filter(None, map(LINE.match, written.splitlines()))
    return {name for match in matches for name in _names(match)}


def without_answered(
    values: Mapping[str, Any], tables: Tables, written: str, reading: Reading
) -> Reading:
    """The course without the questions that a package of the author's answers: the file names it, and the
    line that asked is gone.
    """
    asked, ids, root = asked_in(written), matched(tables, reading), reading.tree.root
    needed = {same(need.distribution) for part in reading.parts for need in part.needs}
    parts = []
    for part in reading.parts:
        table = tables.get(ids.get(part.chapter.id, ""), {})
        own = {*package_names(values.get("packages")), *of_chapter(table, root)} - needed
        left = (q for q in part.questions if q.module in asked or not _is_answered(q, own))
        parts.append(replace(part, questions=tuple(left)))
    return replace(reading, parts=tuple(parts))


def _is_answered(question: Question, packages: set[str]) -> bool:
    """Whether one of these packages is called so, or has the module's name in its own."""
    if Names(frozenset(packages)).distribution(question.use.imported) in packages:
        return True
    return any(f"-{normal_name(question.module)}-" in f"-{package}-" for package in packages)


def up_to_date(text: str, reading: Reading) -> str:
    """The text with a line for each question, and for none that is settled. What somebody wrote stays as it
    is; a new one comes behind the last, else at the top.
    """
    import tomlkit

    wanted = {question.module for question in reading.questions}
    new = [
        question_line(reading, question)
        for question in reading.questions
        if question.module not in asked_in(text)
    ]
    lines = [kept for line in text.split("\n") for kept in _kept(line, wanted)]
    at = max((number for number, line in enumerate(lines, 1) if LINE.match(line)), default=0)
    if not at and lines[0].startswith("#:schema"):
        at = 1
    changed = "\n".join([*lines[:at], *new, *lines[at:]])
    # Only comments: what looks like one may stand in a text of several lines.
    same = tomlkit.parse(changed).unwrap() == tomlkit.parse(text).unwrap()
    return changed if same else text


def _kept(line: str, wanted: set[str]) -> list[str]:
    """The line with what is still asked; none where nothing is."""
    match = LINE.match(line)
    if match is None or "left out:" in line:
        return [line]
    names = [name for name in _names(match) if name in wanted]
    if len(names) == len(_names(match)):
        return [line]
    return [f"{match['mark']}{', '.join(names)}{line[match.end() :]}"] if names else []


def _names(match: re.Match[str]) -> list[str]:
    return [name.strip() for name in match["names"].split(",")]
