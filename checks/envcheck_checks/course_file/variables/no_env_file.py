"""A file of variables that is not where the course's programs look: what lies in its place, or the file
that was meant, under another name or in another folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from envcheck import Diagnosis, Environment, Outcome, fail, unknown
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import (
    ENV_FILE_MISNAMED,
    ENV_FILE_MISPLACED,
    ENV_FILE_NOT_READ,
    VARIABLE_UNSET,
)
from envcheck_checks.course_file.variables import env_file_places as env_places
from envcheck_checks.course_file.variables import variable_fixes as fixes

TERMINAL = "the variables of this terminal"


def without_file(env: Environment, name: str, file: str, place: ChapterPlace) -> Outcome:
    """No such file: the one that gives the variable may have another name, or lie where nobody looks."""
    folders = env_places.upwards(place.folder, place.root)
    if other := env_places.no_file(file, folders):
        return _no_file(name, other)

    def giving(paths: Iterator[Path]) -> Path | None:
        return next((path for path in paths if env_places.gives(path, name, env.variables)), None)

    if other := giving(env_places.misnamed(file, folders)):
        return _misnamed(other, file, place)
    if other := giving(env_places.elsewhere(file, place.root, folders)):
        return fail(
            ENV_FILE_MISPLACED,
            f"`{Path(file).name}` lies in a folder where the course's programs do not look",
            fixes.copy_line(name, other, place.root / file),
            found=other,
            wanted=place.root / file,
            looked_in=f"{place.folder} and the folders above it",
        )
    return fail(
        VARIABLE_UNSET,
        f"{name} is not set, and there is no file `{file}`",
        fixes.make_file(name, place.root / file, env_places.example(file, folders, name)),
        wanted=f"{name} with your own value",
        looked_in=f"{TERMINAL} and {place.root / file}",
    )


def _no_file(name: str, path: Path) -> Outcome:
    """What lies in its place has to go before a file can be made there."""
    if os.path.isdir(path):
        whose = ", an environment of Python's" if os.path.exists(path / "pyvenv.cfg") else ""
        what = f"a folder{whose}"
    elif os.path.islink(path):
        what = "a link that leads nowhere"
    else:
        return unknown(f"`{path.name}` is no file that can be looked into: {path}")
    return fail(
        ENV_FILE_NOT_READ,
        f"{name} is not set, and `{path.name}` is {what}, not a file",
        fixes.make_room(name, path),
        found=f"{path.name} is {what}",
        wanted="a text file in UTF-8",
        looked_in=path,
        note="Docker makes such a folder where a file that it should show to a container is missing"
        if what == "a folder"
        else "",
    )


def _misnamed(other: Path, file: str, place: ChapterPlace) -> Diagnosis:
    return fail(
        ENV_FILE_MISNAMED,
        f"the file `{other.name}` should be called `{Path(file).name}`",
        fixes.rename(other, other.with_name(Path(file).name)),
        found=other,
        wanted=Path(file).name,
        looked_in=place.folder,
        note="Windows hides the last part of a name: `.env.txt` may look like `.env` there",
    )
