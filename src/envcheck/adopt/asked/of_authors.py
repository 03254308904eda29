"""Lists that their names tell to be for who makes the course, and not for who takes it."""

from __future__ import annotations

import re

from envcheck.adopt.dividing.naming import number
from envcheck.adopt.reading.sources import MAINTAINED
from envcheck.adopt.reading.tree import Tree, downwards

# What these words name is for building the course's pages, or for testing it.
WORDS = r"dev|develop\w*|tests?|testing|docs?|rtd|readthedocs|lint|ci|build|website"
OF_AUTHORS = re.compile(rf"(?:^|[-_./])(?:{WORDS})(?:[-_./]|$)")


def is_of_authors(tree: Tree, name: str) -> bool:
    """Whether its name says that it is for who makes the course, or a folder's does in which no chapter is."""
    *folders, last = name.lower().split("/")
    return OF_AUTHORS.search(last.rpartition(".")[0]) is not None or any(
        OF_AUTHORS.search(folder) and not _is_of_learners(tree, folder, place)
        for folder, place in zip(folders, downwards(name.rpartition("/")[0]), strict=True)
    )


def _is_of_learners(tree: Tree, folder: str, place: str) -> bool:
    """`05-testing` is a chapter, and so is `testing` with notebooks in it."""
    numbered = number(folder)
    if numbered and numbered[0] not in MAINTAINED:
        return True
    books = (file for file in tree.ending(".ipynb") if file.startswith(f"{place}/"))
    return folder not in MAINTAINED and next(books, None) is not None
