"""What a file of data really is: some that have the right name hold something else."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path, PurePosixPath

from envcheck import foreign_file
from envcheck_checks.course_file.data_files.beginnings import OF_DATA, is_right

HEAD = 4096  # bytes that are looked at
LONG_HEAD = 1 << 20  # of what may have a block of somebody's own before its beginning
PAGE = re.compile(rb"\s*(<!doctype html|<html|<\?xml[^>]*>\s*<(error|html)\b)", re.I)
NOT_FOUND = re.compile(rb"\s*404: not found\s*", re.I)  # all that GitHub answers
POINTER = b"version https://git-lfs.github.com/spec/"
ANNEX = re.compile(rb"/?annex/objects/|(\.\./)*\.git/annex/objects/")
# What keeps a folder in git, or a system leaves in it: no data
NO_DATA = re.compile(
    r"\.git(?:keep|ignore|attributes)?|\.keep|\.placeholder|\.DS_Store|\._.*|desktop\.ini|Thumbs\.db"
    r"|readme(?:\.\w+)?",
    re.I,
)
NO_FOLDERS = frozenset([".git", ".ipynb_checkpoints", "__MACOSX", "__pycache__"])
MOST_FOLDERS = 300  # that are looked into
# Some that are right when they are empty
MAY_BE_EMPTY = re.compile(
    r"__init__\.py|conftest\.py|py\.typed|\.nojekyll|\.(?:git)?keep|\.placeholder"
)
EMPTY = "it is empty"
STAND_IN = "a pointer of Git LFS"
ANNEXED = "a pointer of git-annex"
LINK = "the text of a link, as git writes one on Windows"
WEB_PAGE = "a web page"


def trouble(path: Path) -> str:
    """What the file is instead of its data, in words; empty where it looks as its name says. Raises
    OSError.
    """
    if os.path.isdir(path):
        return "" if _holds_data(path) else EMPTY
    head = foreign_file.head(path, HEAD)
    if not head.strip():
        return "" if MAY_BE_EMPTY.fullmatch(path.name) else EMPTY
    if head.startswith(POINTER):
        return STAND_IN
    if ANNEX.match(head):
        return ANNEXED
    ending = path.suffix.lower()
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if NOT_FOUND.fullmatch(plain) or (ending in OF_DATA and PAGE.match(plain)):
        return WEB_PAGE
    if _is_link_text(path, head):
        return LINK
    right = is_right(ending, head) or is_right(ending, foreign_file.head(path, LONG_HEAD))
    return "" if right else f"no {ending} file"


def _holds_data(folder: Path) -> bool:
    """Whether a file lies in it, however deep, that is there for more than to keep the folder."""
    walk = os.walk(folder)
    for place, folders, names in islice(walk, MOST_FOLDERS):
        folders[:] = [name for name in folders if name not in NO_FOLDERS]
        links = any(os.path.islink(Path(place, name)) for name in folders)
        if links or not all(NO_DATA.fullmatch(name) for name in names):
            return True
    return next(walk, None) is not None


def _is_link_text(path: Path, head: bytes) -> bool:
    """Without symbolic links git writes the path that one leads to into a file."""
    if len(head) > 400 or b"\n" in head.strip() or b"/" not in head:
        return False
    try:
        target = head.decode().strip()
    except UnicodeDecodeError:
        return False
    return PurePosixPath(target).suffix == path.suffix and os.path.exists(path.parent / target)
