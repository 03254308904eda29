"""What answers a requirement in an environment: the package of its name, or another build of the same
library, and all that its extras ask for. Whoever compares what is wanted with what is there asks here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from envcheck import foreign_file
from envcheck.module_names import among, same
from envcheck.target import conda
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck.versions import allows, normal_name, requirement

if TYPE_CHECKING:
    from packaging.requirements import Requirement

# Libraries of which pip's wheels count their builds in a fourth number, and conda's and a system's do not.
COUNTED = {"opencv-python"}
HEADERS = 1_000_000  # bytes of metadata; what needs others names them before its description
FIELD = "requires-dist:"


def answer(python: Interpreter, name: str) -> Distribution | None:
    """The installed distribution that answers this name; None where there is none."""
    return python.installed.get(among(normal_name(name), python.installed))


def has(python: Interpreter, text: str) -> bool:
    """Whether a requirement is answered, in a version that it takes, with its extras; of one that
    cannot be read nobody says so.
    """
    wanted = requirement(text.partition(";")[0], {})
    there = answer(python, wanted.name) if wanted is not None else None
    if wanted is None or there is None or there.version is None:
        return False
    fits = allows(comparable(python, there.name, str(wanted.specifier)), there.version)
    return fits and not lacking(python, there.name, wanted.extras)


def comparable(python: Interpreter, name: str, specifier: str) -> str:
    """The bounds, without the number of a wheel's build where what is there has none."""
    there = python.installed.get(name)
    if same(name) not in COUNTED or there is None or (there.version or "").count(".") > 2:
        return specifier
    return re.sub(r"(\d+\.\d+\.\d+)\.\d+", r"\1", specifier)


def lacking(python: Interpreter, name: str, extras: Iterable[str]) -> list[str]:
    """What these extras of an installed distribution ask for, and nothing answers."""
    return [needed for asker, needed in _absent(python, name, extras) if not _of_conda(asker)]


def untold(python: Interpreter, name: str, extras: Iterable[str]) -> list[str]:
    """The same of what conda has installed: its builds have no extras, and may bring theirs in another way."""
    return [needed for asker, needed in _absent(python, name, extras) if _of_conda(asker)]


def of_extras(
    python: Interpreter, name: str, extras: Iterable[str]
) -> list[tuple[Distribution, Requirement]]:
    """The rows that hold by these extras alone, and by the extras that they name in turn, each with who has
    it; by the names of what answers them.
    """
    rows: list[tuple[Distribution, Requirement]] = []
    waiting = [(normal_name(name), normal_name(extra)) for extra in extras]
    seen: set[tuple[str, str]] = set()
    while waiting:
        asked = waiting.pop(0)
        asker = python.installed.get(asked[0])
        if asked in seen or asker is None:
            continue
        seen.add(asked)
        for row in _rows(python, asker, asked[1]):
            row.name = named(python, row)
            rows += [(asker, row)] if row.name != asker.name else []
            waiting += [(row.name, normal_name(extra)) for extra in sorted(row.extras)]
    return rows


def named(python: Interpreter, wanted: Requirement) -> str:
    """The name of what answers it, or its own."""
    name = normal_name(wanted.name)
    return among(name, python.installed) or name


def marker_variables(python: Interpreter) -> dict[str, str]:
    """The target's values where they differ from ours; the system is the same for both."""
    major, minor = python.version_info
    return {
        "python_version": f"{major}.{minor}",
        "python_full_version": python.version,
        "extra": "",
        "implementation_name": python.implementation,
    }


def _absent(
    python: Interpreter, name: str, extras: Iterable[str]
) -> list[tuple[Distribution, str]]:
    absent = {
        row.name: asker
        for asker, row in of_extras(python, name, extras)
        if row.name not in python.installed
    }
    noted = {record.name for record in conda.records(python.prefix)} if absent else set[str]()
    return [(asker, row) for row, asker in absent.items() if not among(row, noted - {row})]


def _rows(python: Interpreter, asker: Distribution, extra: str) -> list[Requirement]:
    """What applies by this extra, and not without it. The questions that are put to a Python leave out
    these rows, which nearly nobody asks for.
    """
    markers = marker_variables(python)
    rows = [text for text in _texts(asker) if requirement(text, markers) is None]
    asked = (requirement(text, {**markers, "extra": extra}) for text in rows)
    return [row for row in asked if row is not None]


def _texts(distribution: Distribution) -> list[str]:
    folder = Path(distribution.folder, distribution.entry)
    file = folder / ("PKG-INFO" if distribution.entry.endswith(".egg-info") else "METADATA")
    try:
        text = foreign_file.head(file, HEADERS).decode("utf-8", "replace")
    except OSError:
        return []
    headers = text.replace("\r\n", "\n").partition("\n\n")[0].splitlines()
    return [line[len(FIELD) :].strip() for line in headers if line.lower().startswith(FIELD)]


def _of_conda(distribution: Distribution) -> bool:
    file = Path(distribution.folder, distribution.entry, "INSTALLER")
    return foreign_file.text_or_nothing(file).strip() == "conda"
