"""The files of a course by their kinds. Links out of it are not followed, and what nobody wrote is left out."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from envcheck import foreign_file, places

MOST_FILES = 200_000  # a course with its data has some hundred
MOST_DATA = 2_000  # files of a folder that no reader of a course wants, such as pictures
TOO_MANY = (
    "the course's folder holds more files than are read, and nothing was read from this one on"
)
DEEPEST = 12  # folders in folders
# Hidden folders in which courses declare something.
SHOWN = {".binder", ".devcontainer"}
# What programs made, and what belongs to others.
NOT_WRITTEN = {"__pycache__", "_build", "_site", "node_modules", "site-packages"}
NOT_WRITTEN |= {"_sources", "_book", "_output"}  # a book's pages, with a copy of its notebooks
NOT_WRITTEN |= {"__MACOSX"}
# What a Mac (`._a.ipynb`, where a disk or an archive keeps no more of a file than its content) and editors put
# beside a file under its own ending.
BESIDE_A_FILE = ("._", ".#", ".~", "~$")
# Names of what programs make, that people give too: a list or a notebook at once in it is somebody's.
AMBIGUOUS = {"build", "dist", "env", "venv", "virtualenv"}
LIST = re.compile(
    r"(?:requirements[\w.-]*\.(?:txt|in)|(?:environment|conda)[\w.-]*\.ya?ml|pyproject\.toml|Pipfile"
    r"|setup\.cfg|pixi\.toml|runtime\.txt|\.python-version)",
    re.IGNORECASE,
)
# What lies in an environment.
MADE = ("pyvenv.cfg", "conda-meta")
# What learners handed in lies beside the course, and is nobody's task.
HANDED_IN = re.compile(
    r"(?:community|students?|users?|learners?)[-_ ](?:contributions?|submissions?|solutions?|projects?)"
    r"|(?:contributions|submissions)",
    re.IGNORECASE,
)
MOST_KEPT = 200_000  # characters of a text
LESSONS = (".md", ".mdx", ".qmd", ".rmd")
READ = (".ipynb", ".py", ".toml", ".yml", ".yaml", ".cfg", ".in", ".rst", ".sh", ".lock", *LESSONS)
DATA = {"data", "dataset", "datasets"}


@dataclass(frozen=True)
class Tree:
    """The course's folder and every file in it, named from there with `/`, in order. From `unread` on
    it was not looked at: there is too much; empty where all of it was.
    """

    root: Path
    files: tuple[str, ...]
    unread: str = ""
    _texts: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def text(self, name: str) -> str:
        """What is written in this file; empty where it cannot be read. Lessons are asked for by several
        readers, and are read once.
        """
        text = self._texts.get(name)
        if text is None:
            text = foreign_file.text_or_nothing(f"{self.root}{os.sep}{name}")
            if len(text) <= MOST_KEPT:
                self._texts[name] = text
        return text

    def ending(self, *suffixes: str) -> list[str]:
        """The files with one of these endings, in lower case."""
        return [name for name in self.files if name.lower().endswith(suffixes)]

    def named(self, *names: str) -> list[str]:
        """The files of these names, the ones nearest to the root first."""
        wanted = [name for name in self.files if name.rpartition("/")[2].lower() in names]
        return sorted(wanted, key=lambda name: (name.count("/"), name))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.files)

    def has(self, name: str) -> bool:
        return name in self._names

    @property
    def folders(self) -> set[str]:
        """Every folder that holds a file, the folders above it too, without the root."""
        folders = {name.rpartition("/")[0] for name in self.files}
        return {place for folder in folders for place in downwards(folder)}


def named_from(folder: str, path: str) -> str:
    """A file of the course, named as others are, of which this is the path from that folder."""
    return posixpath.normpath(posixpath.join(folder, path))


def downwards(folder: str) -> list[str]:
    """The folders on the way to this, and it, without the course's own: `a`, `a/b` to `a/b`."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def tree(root: Path) -> Tree:
    """What is in a folder, within bounds."""
    files: list[str] = []
    for name in _names(root):
        if len(files) >= MOST_FILES:
            return Tree(root, tuple(sorted(files)), unread=name)
        files.append(name)
    return Tree(root, tuple(sorted(files)))


def _names(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        below = Path(folder).relative_to(root).as_posix()
        prefix = "" if below == "." else f"{below}/"
        own = (name for name in folders if _is_of_the_course(name, folder))
        folders[:] = sorted(own, key=lambda name: (name.lower() in DATA, name))
        if prefix.count("/") >= DEEPEST:
            folders.clear()
        for name in _few(
            files
        ):  # of texts: a path as an object for each costs as much as reading it
            place = f"{folder}{os.sep}{name}"
            if not os.path.islink(place) or _lies_in(root, Path(place)):
                yield prefix + name


def _few(names: Iterable[str]) -> Iterator[str]:
    """All that a reader of a course may want, and of the data as many as tell what lies there."""
    data = 0
    for name in sorted(names):
        if name.startswith(BESIDE_A_FILE):
            continue
        is_data = "." in name[1:] and not name.lower().endswith(READ) and not LIST.fullmatch(name)
        data += is_data
        if not is_data or data <= MOST_DATA:
            yield name


def _lies_in(root: Path, file: Path) -> bool:
    """Whether a link leads to something in the course: what lies elsewhere is none of its files."""
    try:
        return places.lies_in(file.resolve(), root.resolve())
    except (OSError, RuntimeError):  # links in a circle
        return False


def _is_of_the_course(name: str, above: str) -> bool:
    if name.startswith("."):
        return name in SHOWN
    place = f"{above}{os.sep}{name}"
    made = name in NOT_WRITTEN or name.endswith(".egg-info")
    return (
        not made
        and not HANDED_IN.fullmatch(name)
        and not any(os.path.exists(f"{place}{os.sep}{each}") for each in MADE)
        and (name not in AMBIGUOUS or _is_somebodys(Path(place)))
    )


def _is_somebodys(folder: Path) -> bool:
    try:
        names = [file.name for file in folder.iterdir()]
    except OSError:
        return False
    return any(LIST.fullmatch(name) or name.lower().endswith(".ipynb") for name in names)
