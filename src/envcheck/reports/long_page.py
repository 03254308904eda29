"""A long page, which is written in the simplest Markdown (headings, paragraphs, lists, indented
lines to type), as blocks that a template draws. What is written otherwise is a paragraph.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from envcheck.printable import shortened

LONGEST = 20_000  # characters of a page: anybody may have written it
BETWEEN = re.compile(r"\n[ \t]*\n+")
ITEM = "- "
INDENT = "    "


class Kind(str, Enum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TYPED = "typed"


@dataclass(frozen=True)
class Block:
    """`lines` are the items of a list; any other block has one text, of one line unless it is
    typed.
    """

    kind: Kind
    lines: tuple[str, ...]


def blocks(page: str) -> list[Block]:
    """Everything under the title of a page."""
    _, _, rest = shortened(page, LONGEST).partition("\n")
    return [block for part in BETWEEN.split(rest.strip("\n")) for block in _of_part(part)]


def _of_part(part: str) -> Iterator[Block]:
    lines = part.rstrip().split("\n")
    if all(line.startswith(INDENT) for line in lines):
        yield Block(Kind.TYPED, (textwrap.dedent("\n".join(lines)),))
    elif lines[0].startswith("#"):
        yield Block(Kind.HEADING, (lines[0].lstrip("#").strip(),))
        if lines[1:]:
            yield from _of_part("\n".join(lines[1:]))
    elif lines[0].startswith(ITEM):
        yield Block(Kind.LIST, (*_items(lines),))
    elif part.strip():
        yield Block(Kind.PARAGRAPH, (" ".join(part.split()),))


def _items(lines: list[str]) -> Iterator[str]:
    items: list[list[str]] = []
    for line in lines:
        if line.startswith(ITEM):
            items.append([line.removeprefix(ITEM)])
        else:
            items[-1].append(line.strip())
    return map(" ".join, items)
