"""Lists that name an index of their own: what stands there may have the name of a stranger's package
in the public one. No fix takes it by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from envcheck.declared.declared import Declared, Row
from envcheck.declared.source import table

PUBLIC = ("pypi.org", "pypi.python.org")
# The same in a text, as an expression: an address of one of these, behind a name that uv gives it.
PUBLIC_ADDRESS = rf"(?i:(?:[\w-]+=)?https?://(?:[^/@\s]*@)?(?:{'|'.join(map(re.escape, PUBLIC))})(?::\d+)?(?![\w.@:-]))"
OPTIONS = ("index_url", "extra_index_urls", "find_links", "no_index")  # pip's, in a list
KEYS = (
    "index-url",
    "extra-index-url",
    "extra-index-urls",
    "find-links",
    "no-index",
)  # uv's, pixi's
BY_KEY = ("index", "source")  # of one package: Pipenv's, pixi's and uv's, and Poetry's


def private(*places: Any) -> str:  # any value of a list or of TOML
    """The first of these that is no public index: its address, or what stands in its place; empty
    where none is.
    """
    for place in places:
        for each in place if isinstance(place, list) else [place]:
            address = each.get("url") if isinstance(each, dict) else each
            if address is True or (
                isinstance(address, str) and address and not _is_public(address)
            ):
                return re.sub(r"(?<=://)[^/@\s]*@", "", str(address))  # its password goes nowhere
    return ""


def _is_public(address: str) -> bool:
    try:
        return urlsplit(address).hostname in PUBLIC
    except ValueError:
        return False


def marked(rows: Iterable[Row], every: str, named: Mapping[str, str]) -> Iterator[Row]:
    """The same rows. `every` is the index of their own from which all are taken, empty for the public
    one; `named` are the addresses of those that a package asks for by a name.
    """
    for row in rows:
        index = _of(row, every, named) if isinstance(row, Declared) and not row.conda else ""
        if isinstance(row, Declared) and (index or row.index):
            yield replace(row, on_index=row.on_index and not index, index=index)
        else:
            yield row


def _of(row: Declared, every: str, named: Mapping[str, str]) -> str:
    if not row.index:
        return every if row.on_index else ""
    addresses = {**dict.fromkeys(("pypi", "PyPI"), f"https://{PUBLIC[0]}"), **named}
    return private(addresses.get(row.index, row.index))


def of_project(values: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    """What a pyproject.toml says of indexes: the one of all packages, and those that have names."""
    tools = table(values, "tool")
    uv, pixi = table(tools, "uv"), table(tools, "pixi", "pypi-options")
    sources = [
        *_tables(uv.get("index")),
        *_tables(table(tools, "poetry").get("source")),
        *_tables(table(tools, "pdm").get("source")),
    ]
    rest = [source for source in sources if not _is_asked_for(source)]
    settings = [row.get(key) for row in (uv, table(uv, "pip"), pixi) for key in KEYS]
    return private(*rest, *settings), _by_name(sources)


def of_pipfile(values: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    """Pipenv takes from the first what asks for no other."""
    sources = _tables(values.get("source"))
    return private(*sources[:1]), _by_name(sources)


def of_pixi(values: Mapping[str, Any]) -> tuple[str, Mapping[str, str]]:
    """pixi's own file."""
    options = table(values, "pypi-options")
    return private(*(options.get(key) for key in KEYS)), {}


def asked(details: Mapping[str, Any]) -> str:
    """The index that a package asks for; empty for none."""
    names = (details.get(key) for key in BY_KEY)
    return next((name for name in names if isinstance(name, str)), "")


def _is_asked_for(source: Mapping[str, Any]) -> bool:
    """Whether only those packages come from it that name it, or that it names."""
    explicit = source.get("explicit") is True or source.get("priority") == "explicit"
    return explicit or "include_packages" in source


def _tables(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _by_name(sources: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(row["name"]): str(row["url"]) for row in sources if {"name", "url"} <= row.keys()}
