"""Sixty people who do not exist."""

from __future__ import annotations

from envcheck.classroom.roster import Learner, fold, letters

FIRST = [
    "Amara",
    "Ben",
    "Chiara",
    "Dmitri",
    "Eve",
    "Farid",
    "Grace",
    "Hana",
    "Igor",
    "Jo",
    "Kim",
    "Lea",
    "Mateo",
    "Nadia",
    "Omar",
    "Priya",
    "Quentin",
    "Rosa",
    "Sven",
    "Tuva",
    "Uma",
    "Viktor",
    "Wanjiru",
    "Xin",
    "Yusuf",
    "Zofia",
    "Aiko",
    "Bruno",
    "Carmen",
    "Dawit",
]
LAST = ("Okafor", "Lindqvist")


def roster() -> tuple[Learner, ...]:
    """Everybody, by the alias that they chose."""
    return tuple(
        Learner(
            f"{first} {last}", frozenset({fold(alias_of(first, last))}), letters(f"{first} {last}")
        )
        for last in LAST
        for first in FIRST
    )


def aliases() -> list[str]:
    """In the order of the roster."""
    return [alias_of(first, last) for last in LAST for first in FIRST]


def alias_of(first: str, last: str) -> str:
    """`anna.m` for Anna Moor."""
    return f"{first.lower()}.{last[0].lower()}"
