"""One file a format, each a function from a report to text. `FORMATS` is the whole list."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from envcheck.printable import for_a_log

if TYPE_CHECKING:
    from envcheck.run.report import Report

# JSON stands on lines of its own and in ASCII; the commands of the other are meant.
OF_THEIR_OWN = ("json", "github")
FORMATS = ("text", "json", "junit", "github", "markdown", "html")


def renderer(name: str) -> Callable[[Report], str]:
    """The `render` of a format; loaded when asked for, since some need a library that takes a
    while.
    """
    function: Callable[[Report], str] = import_module(f"envcheck.reports.{name}").render
    if name in OF_THEIR_OWN:
        return function
    return lambda report: for_a_log(function(report))
