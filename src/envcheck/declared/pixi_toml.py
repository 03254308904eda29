"""pixi's tables: pixi.toml, or [tool.pixi] in pyproject.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from envcheck.declared import own_index
from envcheck.declared.declared import Row, Unread
from envcheck.declared.environment_yml import conda_row
from envcheck.declared.poetry_versions import pep440
from envcheck.declared.requirement_text import composed
from envcheck.declared.source import Source, Unreadable, line_of, table


def read(source: Source) -> Iterator[Row]:
    """What the environment `default` has."""
    try:
        text, values = source.toml()
    except Unreadable as problem:
        yield problem.unread
        return
    given = [*own_index.marked(rows(source, text, values), *own_index.of_pixi(values))]
    yield from given or [Unread("it has no [dependencies]", source.name, of_another_purpose=True)]


def rows(source: Source, text: str, pixi: Mapping[str, Any]) -> Iterator[Row]:
    """conda's packages and pip's, without those of features, which only named environments have."""
    for name, wanted in table(pixi, "dependencies").items():
        line, versions = line_of(text, name, "="), _version(wanted)
        if versions is None:
            yield Unread(f"`{name}` has versions that cannot be read", source.name, line)
        else:
            yield conda_row(source, f"{name} {versions}".strip(), line)
    for name, wanted in table(pixi, "pypi-dependencies").items():
        line, versions = line_of(text, name, "="), _version(wanted)
        yield composed(
            source, name, wanted, line, pep440(versions) if versions is not None else None
        )


def _version(wanted: Any) -> str | None:  # any value of TOML
    """`"1.2.*"` or `{ version = "1.2.*" }`; None for what has no text of versions."""
    written = wanted.get("version", "*") if isinstance(wanted, dict) else wanted
    if not isinstance(written, str):
        return None
    return "" if written.strip() == "*" else written.strip()
