"""Files that a chapter's notebooks read: they are there, and are what their names say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, ok, places, unknown
from envcheck.course_file.asked import DataFile
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.data_files import file_diagnoses as say
from envcheck_checks.course_file.data_files.file_columns import NotTold, columns
from envcheck_checks.course_file.data_files.reading_folders import reading_folders
from envcheck_checks.course_file.key_page import page

MOST_FOLDERS = 300  # in which notebooks are looked for


def files_there(
    files: tuple[DataFile, ...], place: ChapterPlace, explained_by: tuple[Check, ...]
) -> Check:
    """Every file can be read, and a table has its columns."""
    return Check(
        id="files",
        title="Files",
        examine=partial(_examine, files, place),
        explained_by=explained_by,
        timeout=60,
        proves=f"{len(files)} files that the notebooks read are there, and are what their names say",
        cost=Cost(0.5, 100),
        scope=place.scope,
        page=page(
            "The files that a chapter reads",
            "The chapter's notebooks read these files, by their paths from the notebook.",
            "A file that is not there, or holds something else, ends a notebook half-way.",
            "Each is looked for from the folder of every notebook that reads it, and its beginning is read. Of tables the "
            "columns are compared: text by envcheck, others by your Python's pandas.",
            "Linux, macOS: `ls -l` and `head` of the file; Windows PowerShell: `Get-Content -Head 5`",
            say.CAUSES,
        ),
    )


def leads_out(wanted: DataFile, place: ChapterPlace) -> bool:
    """Whether its path goes up past the course's own folder."""
    path = os.path.normpath(place.folder.absolute() / wanted.path)
    return not places.lies_in(path, place.root.absolute())


def _examine(files: tuple[DataFile, ...], place: ChapterPlace, env: Environment) -> Outcome:
    folders = _notebook_folders(place)
    reading = reading_folders(place, [wanted.path for wanted in files])
    diagnoses: list[Diagnosis] = []
    untold: list[str] = []
    for wanted in files:
        paths = _each(wanted, reading.get(wanted.path, []), place) or [
            _path(wanted, folders, place)
        ]
        try:
            diagnosis = _first(env, wanted, paths, place)
        except NotTold as reason:
            untold.append(f"`{wanted.path}`: {reason}")
            continue
        except OSError as error:
            untold.append(f"`{wanted.path}` cannot be read: {error.strerror or error}")
            continue
        diagnoses += [diagnosis] if diagnosis else []
    if diagnoses:
        return tuple(diagnoses)
    if untold:
        return unknown("; ".join(untold))
    return ok(f"{len(files)} files are there" if len(files) > 1 else f"{files[0].path} is there")


def _first(
    env: Environment, wanted: DataFile, paths: list[Path], place: ChapterPlace
) -> Diagnosis | None:
    """What is wrong with the first of them that is not right."""
    told = (
        say.about(env, path, place.root) or _columns(env, wanted, path, place) for path in paths
    )
    return next(filter(None, told), None)


def _each(wanted: DataFile, folders: list[Path], place: ChapterPlace) -> list[Path]:
    """From every folder whose notebooks read it, those that have it not first."""
    paths = [Path(os.path.normpath(folder / wanted.path)) for folder in folders]
    inside = {path: None for path in paths if places.lies_in(path, place.root)}
    return sorted(inside, key=os.path.exists)


def _columns(
    env: Environment, wanted: DataFile, path: Path, place: ChapterPlace
) -> Diagnosis | None:
    if not wanted.columns:
        return None
    if not places.lies_in(path.resolve(), place.root.resolve()):
        raise NotTold("it leads out of the course's folder, and is not read")
    return say.about_columns(path, wanted.columns, columns(env, wanted, path))


def _path(wanted: DataFile, folders: list[Path], place: ChapterPlace) -> Path:
    """From the first notebook's folder from which it is there; else from the first."""
    paths = [Path(os.path.normpath(folder / wanted.path)) for folder in folders]
    inside = [path for path in paths if places.lies_in(path, place.root)]
    return next((path for path in inside if os.path.exists(path)), inside[0])


def _notebook_folders(place: ChapterPlace) -> list[Path]:
    """The chapter's folder, and those below it with notebooks."""
    below = (folder for folder in _below(place.folder) if folder != place.folder)
    return [place.folder, *islice(below, MOST_FOLDERS)]


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in islice(os.walk(folder), MOST_FOLDERS):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if any(name.endswith(".ipynb") for name in names):
            yield Path(place)
