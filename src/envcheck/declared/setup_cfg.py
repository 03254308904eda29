"""setup.cfg: what setuptools would install with the project."""

from __future__ import annotations

import configparser
from collections.abc import Iterator

from envcheck.declared import requirements_txt
from envcheck.declared.declared import DeclaredPython, Row, Unread
from envcheck.declared.python_versions import specifier
from envcheck.declared.source import Source, Unreadable, line_of


def read(source: Source) -> Iterator[Row]:
    """Its `[options] install_requires` and `python_requires`."""
    try:
        text = source.text()
        values = configparser.ConfigParser(interpolation=None, strict=False)
        values.read_string(text)
    except Unreadable as problem:
        yield problem.unread
        return
    except configparser.Error as error:
        line = getattr(error, "lineno", None) or next(
            (number for number, _ in getattr(error, "errors", ())), 0
        )
        yield Unread("it is no list of settings in sections", source.name, line)
        return
    bounds = specifier(values.get("options", "python_requires", fallback=""))
    if bounds:
        yield DeclaredPython(bounds, source.name, line_of(text, "python_requires"))
    written = values.get("options", "install_requires", fallback="").strip()
    if written.startswith("file:"):
        yield from _files(source, written.removeprefix("file:"), line_of(text, "install_requires"))
    elif written:
        rows = [row.strip() for row in written.splitlines()]
        yield from requirements_txt.lines(
            source, [(line_of(text, row), row) for row in rows if row]
        )
    elif not bounds:
        yield Unread(
            "it has no install_requires in [options]", source.name, of_another_purpose=True
        )


def _files(source: Source, names: str, line: int) -> Iterator[Row]:
    for name in names.replace("\n", ",").split(","):
        if name.strip():
            try:
                yield from requirements_txt.read(source.beside(name.strip(), line))
            except Unreadable as problem:
                yield problem.unread
