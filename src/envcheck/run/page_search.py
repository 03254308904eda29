"""Which pages answer the words of a person, or of an error message: nearest first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"`([^`]+)`|^ {4}(.+)$", re.MULTILINE)  # what a page quotes: a message, a line
NAME, TITLE, QUOTE = 4, 3, 2  # how often a word counts that stands there; elsewhere once
# Of Okapi BM25 (Robertson and Zaragoza, 2009, section 3.5): how soon more of one word counts no
# more, and how much a long page has to hold more of it.
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True)
class _Page:
    name: str
    words: Counter[str]
    pairs: frozenset[tuple[str, str]]

    @property
    def length(self) -> int:
        return self.words.total()


def nearest(words: str, pages: Mapping[str, str], most: int) -> list[str]:
    """The names of the pages that have these words, in the order of how much they have of them. A
    word that few pages have says more; two words that stand together say more than apart.
    """
    asked = _words(words)
    read = [_read(name, text) for name, text in pages.items()]
    weights = _weights({*asked}, read)
    mean = sum(page.length for page in read) / max(1, len(read))
    scored = [(_score(asked, page, weights, mean), page.name) for page in read]
    best = sorted((-score, name) for score, name in scored if score > 0)
    return [name for _, name in best[:most]]


@cache
def _read(name: str, text: str) -> _Page:
    title, _, rest = text.partition("\n")
    quotes = " ".join("".join(groups) for groups in QUOTED.findall(rest))
    words = Counter(_words(rest))
    for text_of, times in ((name, NAME), (title, TITLE), (quotes, QUOTE)):
        for word in _words(text_of):
            words[word] += times
    return _Page(name, words, frozenset((*_pairs(_words(rest)), *_pairs(_words(title)))))


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def _pairs(words: Sequence[str]) -> Iterable[tuple[str, str]]:
    return pairwise(words)


def _weights(words: Iterable[str], pages: Sequence[_Page]) -> dict[str, float]:
    """How much each word says: the fewer pages have it, the more."""
    holding = {word: sum(word in page.words for page in pages) for word in words}
    return {
        word: math.log(1 + (len(pages) - count + 0.5) / (count + 0.5)) ** 2
        for word, count in holding.items()
        if count
    }


def _score(asked: Sequence[str], page: _Page, weights: Mapping[str, float], mean: float) -> float:
    longer = 1 - LENGTH + LENGTH * page.length / mean if mean else 1.0
    single = sum(
        weight * page.words[word] * (SATURATION + 1) / (page.words[word] + SATURATION * longer)
        for word, weight in weights.items()
    )
    together = sum(
        weights[first] + weights[second] for first, second in {*_pairs(asked)} & page.pairs
    )
    return single + together
