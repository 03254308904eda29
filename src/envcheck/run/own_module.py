"""A name in a Python file of a course, loaded within a bound of time and without a trace."""

from __future__ import annotations

import importlib.util
import os
import sys
import threading
import traceback
from pathlib import Path
from types import ModuleType

from envcheck import places
from envcheck.course_file.finding import is_ours
from envcheck.run.crashes import describe

SECONDS = 20.0  # to load a file that only defines


class NotLoaded(Exception):
    """Why what a course names cannot be had, in words."""


def value_in(source: str, course: Path, *, named: bool) -> object:
    """What `FILE:NAME` stands for, the file being below the course's folder. Raises NotLoaded."""
    path, _, name = source.partition(":")
    file = course.parent / path
    if not os.path.isfile(file):
        raise NotLoaded(f"there is no file {path} in the course")
    if not places.lies_in(file.resolve(), course.parent.resolve()):
        raise NotLoaded(f"{path} leads out of the course's folder")
    if not named and not is_ours(file):
        raise NotLoaded(
            f"{path} belongs to another user, and is not run unless you name the course: "
            f"--course {course}"
        )
    module = _module(file, path)
    if not hasattr(module, name):
        raise NotLoaded(f"{path} has no `{name}`")
    value: object = getattr(module, name)
    return value


def _module(file: Path, path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"envcheck_own_{abs(hash(str(file)))}", file)
    if spec is None or spec.loader is None:
        raise NotLoaded(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    raised: list[BaseException] = []

    def load() -> None:
        try:
            spec.loader.exec_module(module)  # type: ignore[union-attr]  # looked at above
        except BaseException as error:  # noqa: BLE001  # somebody else's file may raise anything
            raised.append(error)

    thread, before = threading.Thread(target=load, daemon=True), sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # nothing is left in the course's folder
    try:
        thread.start()
        thread.join(SECONDS)
    finally:
        sys.dont_write_bytecode = before
    if thread.is_alive():
        raise NotLoaded(f"{path} was not loaded after {SECONDS:.0f} s")
    if raised:
        raise NotLoaded(f"{path} cannot be loaded: {describe(raised[0])}{_line(raised[0], file)}")
    return module


def _line(error: BaseException, file: Path) -> str:
    """The last line of this file that it came through."""
    own = [row for row in traceback.extract_tb(error.__traceback__) if row.filename == str(file)]
    return f" ({file.name}:{own[-1].lineno})" if own else ""
