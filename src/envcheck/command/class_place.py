"""Where a class with a server is kept, and the words of the command line that say so."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from envcheck.command import class_extra
from envcheck.errors import NotWritten, UsageProblem
from envcheck.target.home import home_for_ours

if TYPE_CHECKING:
    from envcheck_class.store.database import Database

F = TypeVar("F", bound=Callable[..., Any])


def kept_in(command: F) -> F:
    """The options that say where classes are kept."""
    command = click.option(
        "--database",
        metavar="URL",
        help="Keep classes in PostgreSQL: postgresql://USER@HOST/NAME, its password in PGPASSWORD.",
    )(command)
    return click.option(
        "--data", metavar="FOLDER", help="Keep classes in this folder, not in your data folder."
    )(command)


def needs_the_extra() -> None:
    """Raises UsageProblem where the packages of a class with a server are missing."""
    class_extra.require(os.environ)


@contextmanager
def opened(data: str | None, database: str | None) -> Iterator[Database]:
    """The database of classes, at today's schema and without what is overdue. Raises UsageProblem and NotWritten."""
    needs_the_extra()
    from sqlalchemy.exc import DBAPIError

    from envcheck_class.store import database as databases
    from envcheck_class.store import migrate, overdue

    if data and database:
        raise UsageProblem("--data or --database: classes are kept in one of them")
    place = databases.at(database) if database else databases.in_folder(data_folder(data))
    try:
        migrate.to_newest(place)
        overdue.clean(place, time.time())
        yield place
    except DBAPIError as error:
        raise NotWritten(
            f"the database of classes does not answer: {databases.trouble(error)}"
        ) from None
    finally:
        place.close()


def data_folder(asked: str | None) -> Path:
    """The folder that was asked for, or else the one of this user's data."""
    if asked:
        return Path(asked).absolute()
    home = home_for_ours(os.environ)
    if sys.platform == "win32":
        above = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        above = home / "Library" / "Application Support"
    else:
        above = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
    return Path(above, "envcheck", "classes")


def has_display() -> bool:
    """Whether a browser would open a window here, and not take over the terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
