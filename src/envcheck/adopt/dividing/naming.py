"""What a chapter is called: a name that can be typed, from the name of its file or folder, whatever
the alphabet of that is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePosixPath

from envcheck.adopt.reading.sources import Source

LETTERS = r"[^\W\d_]"
NUMBER = re.compile(rf"(?P<word>{LETTERS}*)[-_ .]?0*(?P<number>\d+)(?!\d)")
# 第十二章: the twelfth chapter, lecture, lesson or section.
DIGITS = "〇一二三四五六七八九"
CHINESE = re.compile(
    rf"第(?P<digits>[{DIGITS[1:]}]?十[{DIGITS[1:]}]?|[{DIGITS}零]+)[章节節课課讲講回部]"
)
BEFORE_TITLE = re.compile(
    rf"\W*(?:{CHINESE.pattern}|第?{LETTERS}{{0,20}}?[-_ .]?\d[\d.]*[章节節课課讲講回部]?)(?=[-_ .]|$)[-_ .]*"
)


def slug(name: str) -> str:
    """The name without what cannot be typed in every terminal; empty where nothing is left."""
    return re.sub(r"-*[^A-Za-z0-9_-][^A-Za-z0-9_]*", "-", name).strip("-_")[:60]


def number(name: str) -> tuple[str, int] | None:
    """The word and the number that a name begins with; None where it has none."""
    if match := CHINESE.match(name):
        return "", _counted(match["digits"])
    match = NUMBER.match(name)
    return (match["word"], int(match["number"])) if match else None


def _counted(digits: str) -> int:
    """十二 is 12, 二十 is 20, 一〇 is 10."""
    tens, ten, units = digits.replace("零", DIGITS[0]).rpartition("十")
    if not ten:
        return int("".join(str(DIGITS.index(digit)) for digit in units))
    return 10 * DIGITS.index(tens or "一") + DIGITS.index(units or DIGITS[0])


def of_number(name: str) -> str:
    """`ch02` for a file that begins with 2, or with a word and 2; empty where it has no number."""
    numbered = number(name)
    if numbered is None:
        return ""
    return f"{slug(numbered[0]).lower() or 'ch'}{numbered[1]:02d}"


def of_folder(name: str) -> str:
    """The folder's own name where that can be typed, else its number; empty where it has neither."""
    return slug(name) if name.isascii() else of_number(name) or slug(name)


def shared_start(names: Sequence[str]) -> str:
    """What stands before the number of a chapter in all of these names, and has a number itself: `LA4DS_` of
    `LA4DS_ch02` and `LA4DS_ch03`. Empty where nothing does.
    """
    alike = takewhile(lambda each: len({*each}) == 1, zip(*names, strict=False))
    common = re.sub(rf"{LETTERS}*[-_ ]?\d*$", "", "".join(each[0] for each in alike))
    if not re.fullmatch(rf"{LETTERS}+\d.*[-_ ]", common):
        return ""
    numbers = {number(name.removeprefix(common)) for name in names} - {None}
    return common if len(numbers) > 1 else ""


def title(group: Sequence[Source], id: str, shared: str = "") -> str:
    """What the only file of a chapter is called, without what all names begin with; empty where there are
    several, or where it says no more than the name.
    """
    stem = PurePosixPath(group[0].name).stem.removeprefix(shared)
    rest = BEFORE_TITLE.sub("", stem, count=1) if BEFORE_TITLE.match(stem) else stem
    if len(group) > 1 or (rest == stem and number(stem)):
        return ""
    words = re.sub(r"[-_.\s]+", " ", rest).strip()
    if id and slug(words).lower().replace("_", "-") == id.lower().replace("_", "-"):
        return ""
    return words[:1].upper() + words[1:]
