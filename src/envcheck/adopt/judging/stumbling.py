"""What learners will stumble over in a course's files, each with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from envcheck import foreign_file
from envcheck.adopt.asked.machine import TEXTS
from envcheck.adopt.judging import stumbles_of_lists as of_lists
from envcheck.adopt.judging.missing_data import missing_data
from envcheck.adopt.judging.stumble import Stumble
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.reading.notebooks import PYTHON
from envcheck.adopt.reading.sources import place
from envcheck.declared.declared import DeclaredPython
from envcheck.declared.python_versions import LAST_DAYS
from envcheck.module_names import package_of_module
from envcheck.versions import name_of

# Whoever registers a kernel, up to its name; a line may go on behind `\`.
NAMES = (
    r"\b(?:ipykernel|ipython3?[ \t]+kernel|kernelspec)[ \t]+install\b(?:[^\n`\\]|\\.|\\\n)*?"
    r"(?<![\w-])--name[= ][\"']?"
)
SHADOW = re.compile(rf"{NAMES}(?i:python3?)\b[\"']?(?![\w.-])")
REGISTERED = re.compile(rf"{NAMES}([\w.-]+)")
EVERYBODYS = {"", "python", "python2", "python3"}
EXACT = re.compile(r"={2,3}(\d+)\.(\d+)(?:\.(?:\d+|\*))*")
MOST_TEXT = 500_000  # characters


def stumbles(reading: Reading, today: date | None = None) -> tuple[Stumble, ...]:
    """All of them, the gravest kind first."""
    return tuple(
        (
            *_unreadable(reading),
            *of_lists.outside(reading),
            *of_lists.undeclared(reading),
            *of_lists.fetched(reading),
            *of_lists.gone(reading),
            *_missing(reading),
            *_misnamed(reading),
            *_nameless(reading),
            *of_lists.disagreeing(reading),
            *of_lists.unmade(reading),
            *of_lists.refused(reading),
            *_past(reading, today or date.today()),
            *_shadowing(reading),
            *_kernels(reading),
        )
    )


def _unreadable(reading: Reading) -> Iterator[Stumble]:
    for broken in reading.unreadable:
        yield Stumble(broken.name, broken.line, f"{broken.reason}; it was left out")
    for list in reading.lists.broken:
        yield Stumble(list.file, max(list.line, 1), f"{list.reason}; the file was left out")


def _missing(reading: Reading) -> Iterator[Stumble]:
    for row in missing_data(reading.tree, reading.taken):
        text = f"`{row.reads.path}` is read here, and is not in the course; no notebook makes it"
        if row.spelled:
            text = f"`{row.reads.path}` is read here, and the course spells it {row.spelled}"
        elif row.elsewhere:
            text = f"`{row.reads.path}` is read here, and the course has it as {row.elsewhere}"
        yield Stumble(
            row.source.name, place(reading.tree.root, row.source, row.reads), _more(text, row.files)
        )


def _more(text: str, files: int) -> str:
    return text if files == 1 else f"{text} ({files} notebooks)"


def _past(reading: Reading, today: date) -> Iterator[Stumble]:
    """A Python that is pinned, and is no longer looked after: each once, with the first place."""
    pinned: dict[tuple[int, int], list[DeclaredPython]] = {}
    lists = reading.lists
    for listing in (*lists.for_all, *lists.of_chapters):
        for row in listing.pythons:
            match = EXACT.fullmatch(row.versions)
            version = (int(match[1]), int(match[2])) if match else (0, 0)
            if LAST_DAYS.get(version, today) < today:
                pinned.setdefault(version, []).append(row)
    for (major, minor), rows in pinned.items():
        first, last = rows[0], LAST_DAYS[major, minor]
        more = f", and in {len(rows) - 1} more" if len(rows) > 1 else ""
        text = f"Python {major}.{minor} is pinned here{more}; its last day was {last}, and a newer one is taken too"
        yield Stumble(first.file, max(first.line, 1), text)


def _misnamed(reading: Reading) -> Iterator[Stumble]:
    """Lines that name a module in place of its package."""
    lists = reading.lists
    for listing in (*lists.of_all, *lists.alternatives, *lists.of_chapters, *lists.variants):
        for row in listing.packages:
            name = name_of(row.requirement)
            package = package_of_module(name) if not (row.conda or row.address) else ""
            if package:
                yield Stumble(
                    row.file, max(row.line, 1), f"`{name}` is a module; its package is {package}"
                )


def _nameless(reading: Reading) -> Iterator[Stumble]:
    """Addresses of which nobody can say which package comes from them: no check looks for it."""
    for listing in (*reading.lists.of_all, *reading.lists.of_chapters):
        for row in listing.nameless:
            is_linked = row.text.startswith(("-e", "--editable"))
            where = "`#egg=NAME` behind" if is_linked else "`NAME @ ` before"
            text = f"names no package, so no check can look for it: write {where} the address"
            yield Stumble(row.file, max(row.line, 1), f"`{row.text}` {text}")


def _shadowing(reading: Reading) -> Iterator[Stumble]:
    for name, text in _texts(reading):
        for match in SHADOW.finditer(text):
            yield Stumble(
                name,
                text.count("\n", 0, match.start()) + 1,
                "registers a kernel of the name `python3`, which then hides that of every other "
                "environment; give it a name of its own",
            )


def _kernels(reading: Reading) -> Iterator[Stumble]:
    """Names of kernels that only who wrote the notebooks has, each once."""
    asking: dict[str, list[str]] = {}
    for source in reading.taken:
        if source.kernel not in EVERYBODYS and source.language == PYTHON:
            asking.setdefault(source.kernel, []).append(source.name)
    told = _registered(reading) if asking else set()
    for kernel, names in asking.items():
        if kernel.lower() not in told:
            more = f", and in {len(names) - 1} more" if len(names) > 1 else ""
            yield Stumble(
                names[0],
                _line_of(reading, names[0], f'"{kernel}"'),
                f"the kernel `{kernel}` is named here{more}: Jupyter asks whoever has no kernel of "
                "that name; `python3` is the name that everybody has",
            )


def _registered(reading: Reading) -> set[str]:
    """The names under which the course tells learners to register a kernel, in small letters as Jupyter has them."""
    return {match[1].lower() for _, text in _texts(reading) for match in REGISTERED.finditer(text)}


def _texts(reading: Reading) -> Iterator[tuple[str, str]]:
    """What learners may follow when they set up; other texts are data."""
    for name in reading.tree.ending(".md", ".rst", ".txt", ".sh", ".yml", ".yaml"):
        if not name.endswith(".txt") or TEXTS.fullmatch(name):
            text = reading.tree.text(name)
            if len(text) <= MOST_TEXT:
                yield name, text


def _line_of(reading: Reading, name: str, text: str) -> int:
    raw = foreign_file.text_or_nothing(reading.tree.root / name)
    return raw.count("\n", 0, max(raw.rfind(text), 0)) + 1
