"""`envcheck explain`: the long page of a diagnosis or a check, by its name or by words of a message;
without either, every cause under what a learner sees.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from envcheck.errors import unknown
from envcheck.model import Check, Course
from envcheck.run import page_search, pages

MOST = 5  # pages that are shown for words
WIDTH = 80
INDEX = """\
Find what you see: the causes stand under it. To read about one of them:
envcheck explain NAME
By the words of an error message: envcheck explain "No module named"
"""
OTHER = "something else that a course asks for is missing or does not work"


def page(words: Sequence[str], courses: Sequence[Course]) -> str:
    """The page of this name, or the names of those that have these words, as text. Raises
    UsageProblem where no course has either.
    """
    if not words:
        return _index(courses)
    name = " ".join(words)
    names = (name, name.partition(".")[2], name.rpartition(".")[2])  # a check's may have a dot
    text = next((text for part in names if part and (text := pages.page(part, courses))), "")
    if text:
        return text
    own = pages.names(courses)
    if " " in name or not get_close_matches(name, own, n=1, cutoff=0.8):
        texts = pages.texts(own, courses)
        nearest = page_search.nearest(name, texts, MOST)
        if nearest:
            return _listed(name, {each: pages.title(texts[each]) for each in nearest})
    raise unknown("page for", name, own)


def troubles(words: Sequence[str], courses: Sequence[Course]) -> Iterator[str]:
    """Why not all of a chapter's checks have a page, where one of that chapter is asked for."""
    chapter = " ".join(words).partition(".")[0]
    for course in courses:
        for each in course.chapters:
            if each.id == chapter and (problem := pages.listed_checks(each)[1]):
                yield problem


def _listed(asked: str, titles: Mapping[str, str]) -> str:
    head = f"These pages have words of `{asked}`, the nearest first:"
    lines = "".join(_lines(titles))
    return f"{textwrap.fill(head, WIDTH)}\n\n{lines}\nTo read one: envcheck explain {next(iter(titles))}\n"


def _index(courses: Sequence[Course]) -> str:
    """Every declared code, once: under the first check of a chapter or a track that may give it."""
    parts = [INDEX]
    for course in courses:
        if course.codes:
            parts.append(f"\n{course.title}\n")
            parts += [_section(seen, titles) for seen, titles in symptoms(course).items()]
    return "".join(parts)


def symptoms(course: Course) -> Mapping[str, Mapping[str, str]]:
    """What a learner sees, and under it the codes of a course with what they mean."""
    first = dict(_first(course))
    under: dict[str, dict[str, str]] = {}
    for seen in (*dict.fromkeys(map(_symptom, pages.checks([course]))), OTHER):
        codes = {str(code): code.meaning for code in course.codes if first.get(code, OTHER) == seen}
        if codes:
            under[seen] = codes
    return under


def _first(course: Course) -> Iterator[tuple[str, str]]:
    checks = {check.id: check for check in reversed([*pages.checks([course])])}
    order = {id: number for number, id in enumerate(reversed(checks))}
    for code in course.codes:
        given = sorted((id for id in code.checks if id in order), key=lambda id: order[id])
        if given:
            yield code, _symptom(checks[given[0]])


def _symptom(check: Check) -> str:
    return check.symptom or f"{check.title} does not work"


def _section(seen: str, titles: Mapping[str, str]) -> str:
    head = textwrap.fill(f"{seen[:1].upper()}{seen[1:]}", WIDTH)
    return f"\n{head}\n" + "".join(_lines(titles))


def _lines(titles: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, titles))
    for name, title in titles.items():
        yield f"{_filled(title, f'  {name:<{width}}  ', ' ' * (width + 4))}\n"


def _filled(text: str, begin: str, further: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=begin, subsequent_indent=further, break_on_hyphens=False
    )
