"""What the index calls the package of a module, and which names are a module's alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from envcheck import foreign_file
from envcheck.versions import normal_name

# Packages of one library under several names: any of them will do.
SIBLINGS = {
    "beautifulsoup4": ("bs4",),  # both of the same people's: it installs the other one
    "scikit-surprise": ("surprise",),
    "box2d-py": ("box2d",),
    "faiss-cpu": ("faiss-gpu", "faiss"),
    "graphviz": ("python-graphviz",),
    "kafka-python": ("kafka-python-ng",),
    "opencv-python": ("opencv-python-headless", "opencv-contrib-python", "opencv"),
    "psycopg2-binary": ("psycopg2",),
    "tensorflow": ("tensorflow-cpu", "tensorflow-macos", "tensorflow-gpu"),
    "torch": ("pytorch", "pytorch-cpu"),
    "xgboost": ("py-xgboost", "py-xgboost-cpu"),
    "jax": ("jax-cpu",),
}
BUILDS = {build: library for library, builds in SIBLINGS.items() for build in builds}


def same(name: str) -> str:
    """One name for all builds of a library."""
    return BUILDS.get(name, name)


def table() -> Mapping[str, str]:
    """The verified list: distributions by module. The rest of a row is its source, for scripts/module-names."""
    return _table()


@lru_cache(maxsize=1)
def _table() -> Mapping[str, str]:
    text = foreign_file.text(Path(__file__).with_name("module_names.txt"))
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {row[0]: normal_name(row[1]) for row in rows if row}


def package_of_module(name: str) -> str:
    """The package, where this is what another one's module is called: the index has a stranger's package of
    that name, or none. Empty where a package is called so.
    """
    package = _modules().get(name.lower(), "")
    plain = normal_name(name)
    return "" if plain in (package, *BUILDS) or plain in _packages() else package


@lru_cache(maxsize=1)
def _modules() -> Mapping[str, str]:
    return {module.lower(): package for module, package in table().items()}


@lru_cache(maxsize=1)
def _packages() -> frozenset[str]:
    return frozenset(table().values())
