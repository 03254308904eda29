"""What may be printed: words of others are only ever read, and steer no terminal, no parser, and no
CI system that looks into its log for commands.
"""

from __future__ import annotations

import re

# A terminal's own sequences whole, then every single character that steers instead of being read:
# controls, marks of direction, halves of a pair, and code points that no text may hold. Tab and
# line feed stay.
STEERING = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]|\x1b[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)?|\x1b[ -/]*[0-~]?"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)  # `::error` at a line's start
OLDER_COMMAND = "##["  # anywhere in a line


def clean(text: str) -> str:
    """Without what would steer a terminal, a browser or a parser: what a program printed is only
    ever read.
    """
    if text.isascii() and text.isprintable():  # nearly every text; that is known at once
        return text
    return STEERING.sub("", text)


def one_line(text: str) -> str:
    """The text of `clean`, on a single line."""
    return " ".join(clean(text).split())


def visible(text: str) -> str:
    r"""On one line with every character that is not seen written as a code, such as `\n`: what a
    person agrees to is what is shown.
    """
    return UNSEEN.sub(lambda hit: hit[0].encode("unicode_escape").decode("ascii"), text)


def for_a_log(text: str) -> str:
    """What was printed by others, line by line, and none a command to a CI system."""
    return without_commands(clean(text))


def without_commands(text: str) -> str:
    """Lines that stay as they are, and none of which a CI system takes for a command to itself."""
    return COMMAND.sub(r"\1: ", text).replace(OLDER_COMMAND, "## [")


def shortened(text: str, longest: int) -> str:
    """What fits, and dots where something is left out; a `word` that was begun is closed."""
    if len(text) <= longest:
        return text
    shown = text[: longest - 3]
    if shown.count("`") % 2:
        shown = shown[:-1]  # room for what closes the word
    return f"{shown}...`" if shown.count("`") % 2 else f"{shown}..."
