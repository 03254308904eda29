"""Inner modules that the package of the outer one does not bring: namespaces that several distributions share."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from envcheck import foreign_file
from envcheck.adopt.reading.imports import Import
from envcheck.module_names import same, table

# No extra of theirs, and no build of conda's, brings more of their namespace
PLAIN = {"matplotlib", "torch"}


def distribution(module: str) -> str:
    """The package of this very module; empty where the table of packages, or nobody, knows it."""
    return next(iter(_rows("").get(module, ())), "")


def besides(imported: Import) -> tuple[str, ...]:
    """The modules that are imported with it, or with one above it, and that its package does not bring."""
    rows = (each for name in _inner(imported) for each in _rows("+").get(name, ()))
    return tuple(dict.fromkeys(rows))


def open_child(module: str, names: Iterable[str] = ()) -> str:
    """The module of the first level below a namespace that its own package does not bring; empty where it does,
    or where this lies in none.
    """
    first, *more = names or ("",)
    taken = [f"{module}.{first}"] if first.islower() and not more else []
    for name in (*taken, *_upwards(module)):
        prefix, _, child = name.rpartition(".")
        own = _rows("*").get(prefix)
        if own is not None:
            return "" if child in own else name
    return ""


def may_come(imported: Import, more: Container[str]) -> bool:
    """Whether a package that brings `more` than its name says may bring this module: one of its namespace, or one
    that is imported with it.
    """
    top = (imported.outer or imported.module).partition(".")[0]
    package = table().get(top, "")
    if not package or package in PLAIN or same(package) not in more:
        return False
    inner = any(map(distribution, _inner(imported)))
    return bool(imported.outer or inner or open_child(imported.module, imported.names))


def called(module: str) -> str:
    """What a package of a namespace is called that begins as the namespace's own: `apache-airflow-providers-...`."""
    top, _, rest = module.partition(".")
    return f"{table().get(top, top)}-{rest.replace('.', '-')}" if rest else ""


def _inner(imported: Import) -> list[str]:
    """What is taken from it, which may be a module, it, and those above it."""
    return [*(f"{imported.module}.{name}" for name in imported.names), *_upwards(imported.module)]


def _upwards(module: str) -> list[str]:
    """The module and those above it, the longest first."""
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(len(parts), 0, -1)]


@lru_cache(maxsize=4)
def _rows(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Those of a kind, by the module."""
    text = foreign_file.text(Path(__file__).with_name("namespaces.txt"))
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    for first, *more in filter(None, rows):
        if first.endswith(".*"):
            told["*", first[:-2]] = (*more,)
        elif more[0] == "+":
            told["+", first] = (*more[1:],)
        else:
            told["", first] = (*more,)
    return {name: each for (of, name), each in told.items() if of == kind}
