"""Where a course has pip or uv look on another index than the public one, whatever they install."""

from __future__ import annotations

import re

from envcheck import foreign_file
from envcheck.adopt.reading.tree import Tree
from envcheck.declared.own_index import PUBLIC_ADDRESS

# The public one, and no second address behind it.
PUBLIC_ALONE = rf"{PUBLIC_ADDRESS}[^\s\"',]*(?![^\s\"',])(?![\s,]+(?:https?|file)://)"
# What holds for every command after it, in whichever cell: an index that is not the public one.
SETS_INDEX = re.compile(
    r"(?:\b(?:PIP|UV)_(?:EXTRA_|DEFAULT_)?(?:INDEX(?:_URL)?|FIND_LINKS)\b"
    r"|\bconfig[ \t]+(?:--?[\w-]+[ \t]+)*set[ \t]+[\w.]*-?(?:index-url|find-links)\b)"
    rf"(?!\W{{0,9}}{PUBLIC_ALONE})"
)
# Files that say from where learners install: of pip and uv, of containers, and the set-up texts.
OF_INDEXES = re.compile(
    r"(?:.*/)?(?:pip\.(?:conf|ini)|uv\.toml|Dockerfile|\.?devcontainer\.json)|[^/]*\.(?:md|sh)",
    re.I,
)
OTHER = re.compile(
    rf"^[ \t]*(?:(?:extra-)?index-url|find-links|url)[ \t]*=(?!\W*{PUBLIC_ALONE})", re.M
)
MOST_BYTES = 100_000


def sets_index(text: str) -> bool:
    """Whether pip or uv looks elsewhere after these lines."""
    return SETS_INDEX.search(text) is not None


def is_set_in(tree: Tree) -> bool:
    """Whether a container, a file for pip or uv, or a set-up text has learners install from elsewhere."""
    for name in filter(OF_INDEXES.fullmatch, tree.files):
        text = foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)
        is_config = name.lower().endswith((".conf", ".ini", ".toml"))
        if sets_index(text) or (is_config and OTHER.search(text)):
            return True
    return False
