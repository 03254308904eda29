"""Fetch a course file and the files that it names, from the same place and within bounds. Nothing of
them is executed.
"""

from __future__ import annotations

import posixpath
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from envcheck.course_file import reading, text
from envcheck.course_file.values import NAME, CourseFile
from envcheck.errors import UsageProblem
from envcheck.remote_course.address import Address
from envcheck.sending.exchange import LARGEST, Question, ask
from envcheck.sending.link import Place
from envcheck.sending.patience import Bounds
from envcheck.sending.trouble import Trouble
from envcheck.throwaway import throwaway_folder

MOST_FILES = 20
WHOLE = 60.0  # seconds, for all of them
# Lists that lists name in turn, pip's own and in the section of conda's.
NAMED = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:-r|-c|--requirement|--constraint)[ \t=]*[\"']?([^\s\"'#]+)",
    re.MULTILINE,
)
Files = Mapping[str, bytes]  # by their paths from the course's folder


def fetch(address: Address, variables: Mapping[str, str]) -> dict[str, bytes]:
    """All files of the course. Raises UsageProblem."""
    end = time.monotonic() + WHOLE
    files = {NAME: _file_of(address, address.name, variables, end)}
    waiting = [*_named_by_course(address, files[NAME])]
    while waiting:
        name = waiting.pop(0)
        if name in files:
            continue
        if len(files) == MOST_FILES:
            raise UsageProblem(f"{address}: it names more than {MOST_FILES} files")
        files[name] = _file_of(address, name, variables, end)
        if not name.endswith(".py"):
            waiting += _named_by_list(address, name, files[name])
    return files


def _file_of(address: Address, name: str, variables: Mapping[str, str], end: float) -> bytes:
    bounds = Bounds()
    seconds = min(bounds.answer, end - time.monotonic())
    question = Question(address.path_of(name), {})
    where = f"{address.origin}{address.path_of(name)}"
    if seconds <= 0:
        raise UsageProblem(f"{where}: the server took more than {WHOLE:.0f} s for the course")
    try:
        answer = ask(Place(address.origin, ""), question, variables, seconds, bounds)
    except Trouble as trouble:
        raise UsageProblem(f"{where}: it cannot be fetched: {trouble}") from None
    if answer.status != 200:
        raise UsageProblem(f"{where}: it cannot be fetched: the server answers {answer.status}")
    if len(answer.body) > LARGEST:
        raise UsageProblem(f"{where}: it is larger than {LARGEST // 1024} KB")
    return answer.body


def _named_by_course(address: Address, content: bytes) -> Iterator[str]:
    """Lists and checks in Python. Raises UsageProblem for a file that is wrong, or that needs the
    folder which an address does not bring.
    """
    with throwaway_folder() as folder:
        file = folder / NAME
        file.write_bytes(content)
        try:
            _refuse_what_needs_a_folder(file)
            course: CourseFile = reading.read(file)
        except UsageProblem as problem:
            raise UsageProblem(str(problem).replace(str(file), str(address))) from None
    for chapter in course.chapters:
        yield from (name.partition("[")[0] for name in chapter.asked.requires)
        yield from (name.partition(":")[0] for name in chapter.asked.checks)


def _refuse_what_needs_a_folder(file: Path) -> None:
    values = text.read(file)[1]
    chapters = values.get("chapter")
    tables: list[tuple[tuple[str, ...], Any]] = [((), values)]
    if isinstance(chapters, dict):
        tables += [(("chapter", id), table) for id, table in chapters.items()]
    for path, held in tables:
        if not isinstance(held, dict):
            continue  # what is wrong with it is said when it is read
        for key in ("chapters", "folder", "files", "notebooks"):
            if key in held:
                raise reading.wrong(file, (*path, key), _needs_a_folder(key))
        variables = held.get("env")
        for name, row in variables.items() if isinstance(variables, dict) else ():
            if isinstance(row, dict) and "file" in row:
                raise reading.wrong(file, (*path, "env", name, "file"), _needs_a_folder("file"))


def _needs_a_folder(key: str) -> str:
    return (
        f"`{key}` means the course's folder, which an address does not bring: get the whole course "
        "(`git clone`), or use a course file without this key"
    )


def _named_by_list(address: Address, name: str, content: bytes) -> Iterator[str]:
    """Those of the same place, by their paths. Raises UsageProblem for one that leads out of it."""
    for hit in NAMED.finditer(content.decode("utf-8", "replace")):
        there = posixpath.normpath(posixpath.join(posixpath.dirname(name), hit[1]))
        odd = ":" in hit[1] or "\\" in hit[1] or not hit[1].isprintable()
        if odd or there.startswith(("../", "/")) or there == "..":
            raise UsageProblem(f"{address}: {name} names {hit[1]}, which is not of the same place")
        yield there
