"""setup.cfg: what setuptools would install with the project."""

from __future__ import annotations

import configparser
from collections.abc import Iterator

from envcheck.declared import requirements_txt
from envcheck.declared.declared import DeclaredPython, Group, Row, Unread
from envcheck.declared.python_versions import specifier
from envcheck.declared.source import Source, Unreadable, line_of

EXTRAS = "options.extras_require"


def read(source: Source, group: str = "") -> Iterator[Row]:
    """Its `[options] install_requires` and `python_requires`; with a `group` that extra alone."""
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
    if group:
        yield from _extra(source, text, values, group)
        return
    for name in values.options(EXTRAS) if values.has_section(EXTRAS) else ():
        yield Group(name, source.name, line_of(text, name))
    bounds = specifier(values.get("options", "python_requires", fallback=""))
    if bounds:
        yield DeclaredPython(bounds, source.name, line_of(text, "python_requires"))
    written = values.get("options", "install_requires", fallback="").strip()
    if written:
        yield from _listed(source, text, written, line_of(text, "install_requires"))
    elif not bounds:
        yield Unread(
            "it has no install_requires in [options]", source.name, of_another_purpose=True
        )


def _extra(
    source: Source, text: str, values: configparser.ConfigParser, name: str
) -> Iterator[Row]:
    written = values.get(EXTRAS, name, fallback=None)
    if written is None:
        yield Unread(f"it has no extra `{name}`", source.name)
    else:
        yield from _listed(source, text, written.strip(), line_of(text, name))


def _listed(source: Source, text: str, written: str, line: int) -> Iterator[Row]:
    """Requirements as setuptools takes them: lines, or files that have them."""
    if written.startswith("file:"):
        yield from _files(source, written.removeprefix("file:"), line)
        return
    rows = [row.strip() for row in written.splitlines()]
    yield from requirements_txt.lines(source, [(line_of(text, row), row) for row in rows if row])


def _files(source: Source, names: str, line: int) -> Iterator[Row]:
    for name in names.replace("\n", ",").split(","):
        if name.strip():
            try:
                yield from requirements_txt.read(source.beside(name.strip(), line))
            except Unreadable as problem:
                yield problem.unread
