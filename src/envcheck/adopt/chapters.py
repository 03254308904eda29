"""How a course is divided: by its folders, by the numbers in its files' names, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from envcheck.adopt.sources import NOTEBOOK, SCRIPT, TEXT, Source

MOST = 100  # chapters; a course with more is read as a whole
WHOLE = "course"
# Folders that hold all chapters, and are none.
HOLDERS = {"notebooks", "notebook", "lessons", "lesson", "episodes", "_episodes", "content", "book"}
HOLDERS |= {
    "chapters",
    "tutorials",
    "course",
    "units",
    "src",
    "lectures",
    "nb",
    "code",
    "materials",
}
NUMBER = re.compile(r"(?P<word>[A-Za-z]*)[-_ .]?0*(?P<number>\d+)(?!\d)")
RESERVED = {"all"}


@dataclass(frozen=True)
class Chapter:
    """A chapter with what learners run in it. `folder` is `.` for the course's own."""

    id: str
    title: str
    folder: str
    sources: tuple[Source, ...]

    @property
    def has_notebooks(self) -> bool:
        return any(source.kind == NOTEBOOK for source in self.sources)

    @property
    def is_text(self) -> bool:
        """Whether its notebooks are all text, so that their files do not say that Jupyter is used."""
        return not self.has_notebooks and any(source.kind == TEXT for source in self.sources)


@dataclass(frozen=True)
class Chapters:
    """`pattern` finds all their folders, empty where none does."""

    each: tuple[Chapter, ...]
    pattern: str = ""


def chapters(sources: Sequence[Source]) -> Chapters:
    """The division that the names of files and folders show."""
    followed = [source for source in sources if source.kind != SCRIPT]
    base = _base(followed or list(sources))
    inside = [source for source in sources if _is_in(source.name, base)]
    by_folder = _folders(inside, base)
    main = followed or inside
    direct = [source for source in main if source.folder == base]
    if len(by_folder) > 1 and len(direct) <= sum(source.folder != base for source in main):
        each = tuple(_of_folder(folder, inside) for folder in sorted(by_folder))
        return Chapters(_distinct(each), _pattern(base, by_folder))
    each = _by_number(direct, [source for source in inside if source.folder == base], base)
    if not 1 < len(each) <= MOST:
        each = (Chapter(WHOLE, "", base or ".", tuple(inside)),) if inside else ()
    return Chapters(_distinct(each))


def _is_in(name: str, folder: str) -> bool:
    return not folder or name.startswith(f"{folder}/")


def _base(sources: Sequence[Source]) -> str:
    """The folder whose folders or files are the chapters."""
    base = ""
    while True:
        inside = [source for source in sources if _is_in(source.name, base)]
        if any(source.folder == base for source in inside):
            return base
        names = {_next(source.name, base) for source in inside}
        holders = sorted(name for name in names if name.lower() in HOLDERS)
        if len(names) != 1 and not holders:
            return base
        base = f"{base}/{(holders or sorted(names))[0]}".lstrip("/")


def _next(name: str, base: str) -> str:
    """The folder directly below the base in which this lies; empty for what lies in the base."""
    rest = name[len(base) + 1 :] if base else name
    return rest.partition("/")[0] if "/" in rest else ""


def _folders(sources: Iterable[Source], base: str) -> dict[str, bool]:
    """The folders below the base, with whether there are Jupyter's notebooks in them. Where some are
    numbered, the others are none.
    """
    folders: dict[str, bool] = {}
    for source in sources:
        if (name := _next(source.name, base)) and (source.uses or source.kind != SCRIPT):
            folder = f"{base}/{name}".lstrip("/")
            folders[folder] = folders.get(folder, False) or source.kind == NOTEBOOK
    numbered = {folder: has for folder, has in folders.items() if NUMBER.match(_last(folder))}
    return numbered if len(numbered) > 1 else folders


def _last(folder: str) -> str:
    return folder.rpartition("/")[2]


def _of_folder(folder: str, sources: Iterable[Source]) -> Chapter:
    own = tuple(source for source in sources if _is_in(source.name, folder))
    return Chapter(slug(_last(folder)), "", folder, own)


def _pattern(base: str, folders: dict[str, bool]) -> str:
    """What `[chapters] from` would say to find these folders and no others; empty where it is not
    sure to.
    """
    if not all(folders.values()):
        return ""
    names = [_last(folder) for folder in folders]
    start = re.match(r"[A-Za-z_-]*", names[0])
    prefix = start[0] if start else ""
    if all(re.match(rf"{re.escape(prefix)}\d", name) for name in names):
        return f"{base}/{prefix}[0-9]*/".lstrip("/")
    return ""


def _by_number(direct: Sequence[Source], files: Sequence[Source], base: str) -> tuple[Chapter, ...]:
    """A chapter for each number that names begin with, and for each file that has none."""
    groups: dict[str, list[Source]] = {}
    for source in direct:
        groups.setdefault(_group(source), []).append(source)
    for source in files:
        if source not in direct and _group(source) in groups:
            groups[_group(source)].append(source)
    return tuple(
        Chapter(id, _title(group), base or ".", tuple(group)) for id, group in groups.items()
    )


def _group(source: Source) -> str:
    stem = PurePosixPath(source.name).stem
    match = NUMBER.match(stem)
    if match is None:
        return slug(stem)
    word = match["word"].lower() or "ch"
    return f"{word}{int(match['number']):02d}"


def _title(group: Sequence[Source]) -> str:
    """What the only file of a chapter is called; empty where there are several."""
    stem = PurePosixPath(group[0].name).stem
    words = re.sub(r"[-_.]+", " ", re.sub(r"^\W*[A-Za-z]*[-_ .]?[\d.]+", "", stem)).strip()
    return words[:1].upper() + words[1:] if len(group) == 1 else ""


def slug(name: str) -> str:
    """A name that can be typed."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:60]
    return plain or "chapter"


def _distinct(each: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The same with a name of its own for each, and with something to do in it."""
    taken: set[str] = set(RESERVED)
    named: list[Chapter] = []
    for chapter in each[:MOST]:
        id = next(
            id
            for id in (chapter.id, *(f"{chapter.id}-{n}" for n in range(2, MOST + 3)))
            if id.lower() not in taken
        )
        taken.add(id.lower())
        named.append(Chapter(id, chapter.title, chapter.folder, chapter.sources))
    return tuple(named)
