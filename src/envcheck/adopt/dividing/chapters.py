"""How a course is divided: by its folders, by the numbers in its files' names, or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from envcheck.adopt.dividing.naming import number, of_folder, of_number, shared_start, slug, title
from envcheck.adopt.dividing.put_aside import BESIDE, is_language, worked_in
from envcheck.adopt.reading.sources import MAINTAINED, NOTEBOOK, SCRIPT, TEXT, Source
from envcheck.course_file.reading import MOST_CHAPTERS

MOST = 100  # tables of chapters; a course that would need more is read as a whole
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
    sources = worked_in(sources)
    followed = [source for source in sources if source.kind != SCRIPT]
    base = _base(followed or list(sources))
    inside = [source for source in sources if _is_in(source.name, base)]
    by_folder = _folders(inside, base)
    main = followed or inside
    direct = [source for source in main if source.folder == base]
    beside = [source for source in inside if source.folder == base]
    below = sum(any(_is_in(source.name, folder) for folder in by_folder) for source in main)
    if len(by_folder) > 1 and len(direct) <= below:
        numbered = [source for source in direct if number(_stem(source))]
        of_files = _by_number(numbered, beside, base) if len(numbered) > 1 else ()
        each = (*of_files, *(_of_folder(folder, inside) for folder in sorted(by_folder)))
        shown = Chapters(_distinct(each))
        own = all(first.id == then.id for first, then in zip(each, shown.each, strict=True))
        shown = replace(shown, pattern=_pattern(base, _numbered(by_folder)) if own else "")
        tables = len(each) - (len(_numbered(by_folder)) if shown.pattern else 0)
    else:
        shown = Chapters(_distinct(_by_number(direct, beside, base)))
        tables = len(shown.each)
    if 1 < len(shown.each) <= MOST_CHAPTERS and tables <= MOST:
        return shown
    return Chapters((Chapter(WHOLE, "", base or ".", tuple(inside)),) if inside else ())


def _is_in(name: str, folder: str) -> bool:
    return not folder or name.startswith(f"{folder}/")


def _base(sources: Sequence[Source]) -> str:
    """The folder whose folders or files are the chapters."""
    base = ""
    while True:
        inside = [source for source in sources if _is_in(source.name, base)]
        names = Counter(_next(source.name, base) for source in inside)
        direct = [source for source in inside if source.folder == base]
        del names[""]
        holders = [name for name in names if name.lower() in HOLDERS and _holds_most(name, names)]
        if spoken := _languages(names):
            below = "en" if "en" in spoken else spoken[0]
        elif direct and not _is_beside(direct, names, holders or _numbered_ones(inside, base)):
            return base
        elif len(names) == 1 or holders:
            below = (holders or [*names])[0]
        else:
            return base
        base = f"{base}/{below}".lstrip("/")


def _holds_most(holder: str, names: Counter[str]) -> bool:
    """Whether the chapters are in it: whoever goes into it leaves the folders beside it. None of those
    holds as much, nor do the numbered ones together; its own older copy (`notebooks_v1`) is none.
    """
    beside = {
        name: count
        for name, count in names.items()
        if name.strip("_-. ").lower() not in BESIDE | MAINTAINED
        and not (is_language(name) or re.match(rf"{re.escape(holder)}($|[-_. ])", name, re.I))
    }
    numbered = sum(count for name, count in beside.items() if number(name) is not None)
    return names[holder] > max(numbered, *beside.values(), 0)


def _languages(names: Iterable[str]) -> list[str]:
    """The folders of a course's languages (`en`, `pt-br`), where all are such; of one alone nobody
    knows that it is one.
    """
    all_of_them = sorted(names)
    spoken = [name for name in all_of_them if is_language(name)]
    return spoken if len(spoken) > 1 and spoken == all_of_them else []


def _is_beside(direct: Sequence[Source], names: Counter[str], holders: Sequence[str]) -> bool:
    """Whether what lies here is something beside the folder of the course's notebooks."""
    most = max((names[name] for name in holders), default=0)
    return most > len(direct) and not any(number(_stem(source)) for source in direct)


def _numbered_ones(sources: Sequence[Source], base: str) -> list[str]:
    """The only folder that something lies in, where its files are numbered."""
    names = {_next(source.name, base) for source in sources} - {""}
    below = [source for source in sources if source.folder.rpartition("/")[2] in names]
    return (
        [*names] if len(names) == 1 and len({*map(number, map(_stem, below))} - {None}) > 2 else []
    )


def _next(name: str, base: str) -> str:
    """The folder directly below the base in which this lies; empty for what lies in the base."""
    rest = name[len(base) + 1 :] if base else name
    return rest.partition("/")[0] if "/" in rest else ""


def _folders(sources: Iterable[Source], base: str) -> dict[str, bool]:
    """The folders of chapters below the base, with whether there are Jupyter's notebooks in them.
    Where some are numbered, of the others only those that learners find notebooks in at once.
    """
    folders: dict[str, bool] = {}
    at_once: set[str] = set()
    for source in sources:
        name = _next(source.name, base)
        if name.strip("_-. ").lower() in BESIDE or (name[:1] == "_" and source.kind == SCRIPT):
            continue
        if name and (source.uses or source.kind != SCRIPT):
            folder = f"{base}/{name}".lstrip("/")
            folders[folder] = folders.get(folder, False) or source.kind == NOTEBOOK
            if (
                source.folder == folder
                and source.kind == NOTEBOOK
                and name.lower() not in MAINTAINED
            ):
                at_once.add(folder)
    kept = {*_numbered(folders)} | at_once
    return {folder: has for folder, has in folders.items() if folder in kept}


def _numbered(folders: dict[str, bool]) -> dict[str, bool]:
    """Those that are numbered; all where they are not (`git-101` and `docker-101` are not)."""
    numbers = {folder: told[1] for folder in folders if (told := number(_last(folder)))}
    if len({*numbers.values()}) < 2:
        return folders
    return {folder: has for folder, has in folders.items() if folder in numbers}


def _last(folder: str) -> str:
    return folder.rpartition("/")[2]


def _stem(source: Source) -> str:
    return PurePosixPath(source.name).stem


def _of_folder(folder: str, sources: Iterable[Source]) -> Chapter:
    own = tuple(source for source in sources if _is_in(source.name, folder))
    name = _last(folder)
    return Chapter(of_folder(name), "" if name.isascii() else name, folder, own)


def _pattern(base: str, folders: dict[str, bool]) -> str:
    """What `[chapters] from` would say to find these folders and no others; empty where it is not
    sure to.
    """
    if not all(folders.values()) or {*"*?["} & {*base}:
        return ""
    names = [_last(folder) for folder in folders]
    start = re.match(r"[A-Za-z_-]*", names[0])
    prefix = start[0] if start else ""
    if all(re.match(rf"{re.escape(prefix)}\d", name) for name in names):
        return f"{base}/{prefix}[0-9]*/".lstrip("/")
    return ""


def _by_number(direct: Sequence[Source], files: Sequence[Source], base: str) -> tuple[Chapter, ...]:
    """A chapter for each number that names begin with, in front, and for each file that has none."""
    groups: dict[str, list[Source]] = {}
    shared = shared_start([_stem(source) for source in direct])
    for source in sorted(direct, key=lambda source: number(_rest(source, shared)) is None):
        groups.setdefault(_group(source, shared), []).append(source)
    for source in files:
        if source not in direct and _group(source, shared) in groups:
            groups[_group(source, shared)].append(source)
    ids = {key: of_number(key) or slug(key) for key in groups}
    return tuple(
        Chapter(ids[key], title(group, ids[key], shared), base or ".", tuple(group))
        for key, group in groups.items()
    )


def _group(source: Source, shared: str) -> str:
    """What files of one chapter have in common: their number, else the whole name."""
    return of_number(_rest(source, shared)) or _stem(source)


def _rest(source: Source, shared: str) -> str:
    return _stem(source).removeprefix(shared)


def _distinct(each: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The same with a name of its own for each, and with something to do in it."""
    taken: set[str] = set(RESERVED)
    named: list[Chapter] = []
    for chapter in each:
        first = chapter.id or f"part{len(named) + 1}"
        more = (f"{first}-{n}" for n in range(2, len(each) + 3))
        id = next(id for id in (first, *more) if id.lower() not in taken)
        taken.add(id.lower())
        named.append(Chapter(id, chapter.title, chapter.folder, chapter.sources))
    return tuple(named)
