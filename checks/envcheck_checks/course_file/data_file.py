"""What a file of data really is: some that have the right name hold something else."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path, PurePosixPath

from envcheck import foreign_file

HEAD = 4096  # bytes that are looked at
PAGE = re.compile(rb"\s*(<!doctype html|<html|<\?xml[^>]*>\s*<(error|html)\b|404: not found)", re.I)
POINTER = b"version https://git-lfs.github.com/spec/"
ANNEX = re.compile(rb"/?annex/objects/|(\.\./)*\.git/annex/objects/")
# How files of these kinds begin: https://www.garykessler.net/library/file_sigs.html and their formats
BEGINNINGS: dict[str, bytes | tuple[bytes, ...]] = {
    ".parquet": b"PAR1",
    ".feather": (b"ARROW1", b"FEA1"),
    ".arrow": b"ARROW1",
    ".xlsx": b"PK",
    ".npz": b"PK",
    ".zip": b"PK",
    ".gz": b"\x1f\x8b",
    ".bz2": b"BZh",
    ".xz": b"\xfd7zXZ",
    ".npy": b"\x93NUMPY",
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8",
    ".jpeg": b"\xff\xd8",
    ".pdf": b"%PDF",
    ".h5": b"\x89HDF",
    ".hdf5": b"\x89HDF",
    ".sqlite": b"SQLite format 3\0",
    ".tif": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    ".tiff": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
}
# What keeps a folder in git, or a system leaves in it: no data
NO_DATA = re.compile(
    r"\.git(?:keep|ignore|attributes)?|\.keep|\.placeholder|\.DS_Store|\._.*|desktop\.ini|Thumbs\.db"
    r"|readme(?:\.\w+)?",
    re.I,
)
NO_FOLDERS = frozenset([".git", ".ipynb_checkpoints", "__MACOSX", "__pycache__"])
MOST_FOLDERS = 300  # that are looked into
PAGES = (".html", ".htm", ".xhtml", ".xml", ".svg", ".kml", ".gml")
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
        return EMPTY
    if head.startswith(POINTER):
        return STAND_IN
    if ANNEX.match(head):
        return ANNEXED
    ending = path.suffix.lower()
    if ending not in PAGES and PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return WEB_PAGE
    if _is_link_text(path, head):
        return LINK
    beginning = BEGINNINGS.get(ending)
    return f"no {ending} file" if beginning and not head.startswith(beginning) else ""


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
