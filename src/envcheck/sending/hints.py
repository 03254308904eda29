"""A hint of the instructor's as the learner reads it: on every line of the terminal it says whose word
it is, and nothing in it steers the terminal.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata

from envcheck.printable import clean, without_commands

LONGEST = 300  # characters
WHOSE = "instructor | "
# Beyond what steers: marks and letters that are not seen, and in which something could be hidden
UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\u00ad\u034f\u180e\U000e0000-\U000e0fff]")


def lines(text: str, width: int) -> list[str]:
    """The lines to print, none wider than `width` columns: a longer one would go on without saying
    whose word it is.
    """
    words = UNSEEN.sub("", clean(text)).expandtabs(4)[:LONGEST]
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    room = max(width - len(WHOSE) - 1, 20) // (2 if wide else 1)
    wrapped = [part for line in words.splitlines() for part in textwrap.wrap(line, room)]
    return [WHOSE + without_commands(line) for line in wrapped]
