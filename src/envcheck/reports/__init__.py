"""One file a format, each a function from a report to text. `FORMATS` is the whole list."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from envcheck.run.report import Report

FORMATS = ("text", "json", "junit", "github", "markdown", "html")


def renderer(name: str) -> Callable[[Report], str]:
    """The `render` of a format; loaded when asked for, since some need a library that takes a
    while.
    """
    function: Callable[[Report], str] = import_module(f"envcheck.reports.{name}").render
    return function
