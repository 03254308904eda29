"""Where a file of variables lies: where the course's programs look, under another name, or in a
folder where nobody looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from envcheck import places
from envcheck_checks.course_file.env_file import EnvFile, read

# Windows hides the last part of a name: what looks like `.env` there may be `.env.txt`.
ENDINGS = (".txt", ".env", ".rtf", ".docx", ".save", ".bak", " (1)")
EXAMPLES = (".example", ".sample", ".template", ".dist", "-example", "-sample", ".example.txt")
MOST_FOLDERS = 200


def upwards(folder: Path, root: Path) -> list[Path]:
    """The folder and those above it, up to the course's: where python-dotenv looks, in this order."""
    above = [place for place in folder.parents if places.lies_in(place, root)]
    return [folder, *above] if places.lies_in(folder, root) else [root]


def first(name: str, folders: list[Path], variables: Mapping[str, str]) -> EnvFile | None:
    """The first file of this name; `variables` are the terminal's. Raises OSError where it cannot be
    read.
    """
    there = (folder / name for folder in folders if os.path.isfile(folder / name))
    path = next(there, None)
    return read(path, variables) if path else None


def no_file(name: str, folders: list[Path]) -> Path | None:
    """What has the name, and is no file: a folder, as Docker makes one where a file is missing, a link
    that leads nowhere, a pipe of a safe for secrets.
    """
    there = (folder / name for folder in folders if os.path.lexists(folder / name))
    return next((path for path in there if not os.path.isfile(path)), None)


def misnamed(name: str, folders: list[Path]) -> Path | None:
    """A file that was meant to have this name: `.env.txt`, `env.txt`, `env`."""
    base = Path(name)
    bare = base.name.lstrip(".")
    wrong = [*(base.name + end for end in ENDINGS), bare, *(bare + end for end in ENDINGS)]
    wrong = [each for each in wrong if each != base.name]
    return _first_file(folder / base.parent / each for folder in folders for each in wrong)


def example(name: str, folders: list[Path]) -> Path | None:
    """A file that shows how this one should look."""
    base = Path(name)
    bare = base.name.lstrip(".")
    names = [base.name + end for end in EXAMPLES] + [bare + end for end in EXAMPLES]
    return _first_file(folder / base.parent / each for folder in folders for each in names)


def elsewhere(name: str, root: Path, folders: list[Path]) -> Path | None:
    """A file of this name in another folder of the course, or just above it."""
    others = (place for place in (*_below(root), root.parent) if place not in folders)
    return _first_file(place / Path(name).name for place in others)


def _first_file(paths: Iterator[Path]) -> Path | None:
    return next((path for path in paths if os.path.isfile(path)), None)


def _below(root: Path) -> Iterator[Path]:
    """The course's folders, two deep, but for hidden ones."""
    deep = (Path(place) for place, folders, _ in os.walk(root) if _pruned(place, folders, root))
    return islice(deep, MOST_FOLDERS)


def _pruned(place: str, folders: list[str], root: Path) -> bool:
    depth = len(Path(place).parts) - len(root.parts)
    hidden = {name for name in folders if name.startswith(".") or name == "node_modules"}
    folders[:] = sorted(set(folders) - hidden) if depth < 2 else []
    return True
