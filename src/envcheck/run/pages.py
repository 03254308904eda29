"""The long pages of courses: a file of the course, or what a check says of itself."""

from __future__ import annotations

import contextlib
import inspect
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

from envcheck.code import Code
from envcheck.errors import UsageProblem
from envcheck.model import Chapter, Check, Course

if TYPE_CHECKING:  # its home moved: Python 3.10 has it in importlib.abc
    from importlib.resources.abc import Traversable

ARCHIVE = "pages.zip"  # of a wheel: as bootstrap/page_archive.py makes it


def page(name: str, courses: Sequence[Course]) -> str:
    """The page of a code or a check as text; empty where no course has one. The first course that
    has it answers.
    """
    return _page(name, files(courses), courses)


def texts(names: Iterable[str], courses: Sequence[Course]) -> dict[str, str]:
    """The pages of all these names, as `page` gives each; the folders are read once."""
    own = files(courses)
    return {name: _page(name, own, courses) for name in names}


def _page(name: str, own: Mapping[str, Traversable], courses: Sequence[Course]) -> str:
    file = own.get(f"{name}.md")
    if file is not None:
        return _text(file)
    for check in checks(courses):
        if check.id == name:
            return check.page or f"# {check.title}\n\n{_proved(check)}\n"
    made = (_of_code(name, checks([course]), course.codes) for course in courses)
    return next(filter(None, made), "") or of_own_checks(courses).get(name, "")


def of_own_checks(courses: Sequence[Course]) -> dict[str, str]:
    """The pages of checks in Python that courses name, without running those."""
    own = [course.own_pages() for course in reversed(courses) if course.own_pages]
    return {name: text for pages in own for name, text in pages.items()}


def title(page: str) -> str:
    """Its first line, without the mark of a heading."""
    return page.partition("\n")[0].removeprefix("# ")


def names(courses: Sequence[Course]) -> list[str]:
    """Everything that has a page of its own, and every check."""
    own = {name.removesuffix(".md") for name in files(courses)}
    declared = {check.id for check in checks(courses)}
    return sorted({*own, *declared, *of_own_checks(courses)})


def files(courses: Sequence[Course]) -> dict[str, Traversable]:
    """The pages that are files, by name. Where names are equal, the earlier course's. None of what
    cannot be read.
    """
    pages: dict[str, Traversable] = {}
    for package in dict.fromkeys(course.pages for course in courses if course.pages):
        with contextlib.suppress(ImportError, OSError, zipfile.BadZipFile):
            for file in _below(resources.files(package)):
                pages.setdefault(file.name, file)
    return pages


def of_codes(
    codes: Iterable[str], courses: Sequence[Course], examined: Sequence[Check]
) -> dict[str, str]:
    """The pages of these codes, which the examined checks gave, or a course's own in Python, whose
    text alone is read; without those that `page` has nothing for. Loads no other check.
    """
    own = files(courses)
    declared = [code for course in courses for code in course.codes]
    texts = {
        code: _text(own[f"{code}.md"])
        if f"{code}.md" in own
        else _of_code(code, examined, declared)
        for code in codes
    }
    unknown = [code for code, text in texts.items() if not text]
    texts |= {code: of_own_checks(courses).get(code, "") for code in unknown}
    return {code: text for code, text in texts.items() if text}


def checks(courses: Sequence[Course]) -> Iterator[Check]:
    """Every check of these courses, chapters first, as often as chapters list it."""
    for course in courses:
        for chapter in (*course.chapters, *course.tracks):
            made, problem = listed_checks(chapter)
            if problem:
                with contextlib.suppress(UsageProblem):
                    made = tuple(chapter.unlisted)
            yield from made


def listed_checks(chapter: Chapter) -> tuple[Sequence[Check], str]:
    """The checks of a chapter; none, and why, where a file that they are made from cannot be read."""
    try:
        return tuple(chapter.checks), ""
    except UsageProblem as problem:
        return (), str(problem)


def _below(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry)
        elif entry.name.endswith(".md"):
            yield entry
        elif entry.name == ARCHIVE:
            yield from _below(zipfile.Path(io.BytesIO(entry.read_bytes())))


def _proved(check: Check) -> str:
    return f"It passes when {check.proves or check.title}."


def _text(file: Traversable) -> str:
    return file.read_text(encoding="utf-8").rstrip("\n") + "\n"


def _of_code(name: str, checks: Iterable[Check], codes: Sequence[Code]) -> str:
    """A page for a code that has none, from its check: the docstring, and what it proves."""
    check = giver(name, checks, codes)
    if check is None:
        return ""
    title = next((code.meaning for code in codes if code == name), name)
    text = _docstring(check) or f"{check.title}."
    return f"# {title}\n\n{text}\n\nThe check `{check.id}` gives `{name}`. {_proved(check)}\n"


def _docstring(check: Check) -> str:
    return inspect.getdoc(check.examine) or "" if isinstance(check.examine, FunctionType) else ""


def giver(name: str, checks: Iterable[Check], codes: Iterable[Code]) -> Check | None:
    """The first check that gives this code: by its declaration, or else by the strings in the
    check's function.
    """
    declared = {check for code in codes if code == name for check in code.checks}
    return next(
        (check for check in checks if check.id in declared or name in strings(check.examine)),
        None,
    )


def strings(function: Callable[..., object]) -> set[str]:
    """The strings in a function, in the functions inside it, and in those of its own module that it
    calls.
    """
    texts: set[str] = set()
    waiting: list[object] = [function]
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.add(str(value))
        elif id(value) not in seen:
            seen.add(id(value))
            waiting += _held(value, getattr(function, "__module__", ""))
    return texts


def _held(value: object, module: str) -> list[object]:
    """What a function or its code holds, one level deep; nothing of another module's function."""
    if isinstance(value, FunctionType) and value.__module__ == module:
        names = [value.__globals__.get(name) for name in value.__code__.co_names]
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        return [value.__code__, *names, *cells]
    return [*value.co_consts] if isinstance(value, CodeType) else []
