"""Where a file of variables lies: where the course's programs look, under another name, or in a
folder where nobody looks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from envcheck import foreign_file, places
from envcheck_checks.course_file.variables.env_file import EnvFile, read

# Windows hides the last part of a name: what looks like `.env` there may be `.env.txt`.
ENDINGS = (".txt", ".env", ".rtf", ".docx", ".save", ".bak", " (1)")
EXAMPLES = (".example", ".sample", ".template", ".dist", "-example", "-sample", ".example.txt")
MOST_FOLDERS = 200
ADMINISTRATOR = 0


def upwards(folder: Path, root: Path) -> list[Path]:
    """The folder and those above it, up to the course's, in python-dotenv's order."""
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


def above(name: str, variable: str, root: Path, variables: Mapping[str, str]) -> EnvFile | None:
    """The first file of this name above the course, where it is the learner's or the administrator's
    and gives the variable: python-dotenv goes up to the disk's root for a bare name. It may serve
    other courses: it is read, and stays where it is.
    """
    folders = root.parents if Path(name).name == name else ()
    path = next((folder / name for folder in folders if os.path.isfile(folder / name)), None)
    if path is None or not _is_own(path) or not gives(path, variable, variables):
        return None
    return read(path, variables)


def gives(path: Path, variable: str, variables: Mapping[str, str]) -> bool:
    """Whether the variable has a value in this file: only then is it the file that was meant, however
    it is called and wherever it lies. Another program's settings are not.
    """
    try:
        return bool(read(path, variables).values.get(variable, "").strip())
    except OSError:
        return False


def misnamed(name: str, folders: list[Path]) -> Iterator[Path]:
    """Files that may have been meant to have this name: `.env.txt`, `env.txt`, `env`."""
    base = Path(name)
    bare = base.name.lstrip(".")
    wrong = [*(base.name + end for end in ENDINGS), bare, *(bare + end for end in ENDINGS)]
    wrong = [each for each in wrong if each != base.name]
    return _files(folder / base.parent / each for folder in folders for each in wrong)


def example(name: str, folders: list[Path], variable: str) -> Path | None:
    """A file that shows how this one should look, for this variable."""
    base = Path(name)
    bare = base.name.lstrip(".")
    names = [base.name + end for end in EXAMPLES] + [bare + end for end in EXAMPLES]
    there = _files(folder / base.parent / each for folder in folders for each in names)
    return next((path for path in there if variable in foreign_file.text_or_nothing(path)), None)


def elsewhere(name: str, root: Path, folders: list[Path]) -> Iterator[Path]:
    """Files of this name in other folders of the course."""
    return _files(place / Path(name).name for place in _below(root) if place not in folders)


def _files(paths: Iterator[Path]) -> Iterator[Path]:
    return (path for path in paths if os.path.isfile(path))


def _is_own(path: Path) -> bool:
    if sys.platform == "win32":
        return True
    try:
        return path.stat().st_uid in (ADMINISTRATOR, os.geteuid())
    except OSError:
        return False


def _below(root: Path) -> Iterator[Path]:
    """The course's folders, two deep, but for hidden ones."""
    deep = (Path(place) for place, folders, _ in os.walk(root) if _pruned(place, folders, root))
    return islice(deep, MOST_FOLDERS)


def _pruned(place: str, folders: list[str], root: Path) -> bool:
    depth = len(Path(place).parts) - len(root.parts)
    hidden = {name for name in folders if name.startswith(".") or name == "node_modules"}
    folders[:] = sorted(set(folders) - hidden) if depth < 2 else []
    return True
