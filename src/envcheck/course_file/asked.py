"""What a chapter asks of the machine, as frozen values: a field a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Variable:
    """A variable that must have a value, in the environment or in a `file` of that name in the course;
    `placeholders` are values that only stand for one.
    """

    file: str = ""
    placeholders: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataFile:
    """A file that a notebook reads, by its path from there; `columns` are those of its table,
    which has a `separator` and an `encoding` of its own where they are said.
    """

    path: str
    columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True)
class Proof:
    """A program of Python, and what it prints when the chapter can be done."""

    code: str
    prints: str


@dataclass(frozen=True)
class Service:
    """A program that answers at this address."""

    host: str
    port: int


@dataclass(frozen=True)
class Only:
    """The systems that these `checks` of a chapter are for; all of its checks where none is named."""

    on: tuple[str, ...]
    checks: tuple[str, ...] = ()


def systems_for(only: Sequence[Only], id: str) -> tuple[str, ...]:
    """The systems that this check is for; empty for all. Of what is said of a whole chapter the last
    counts: its own word comes after the course's.
    """
    of_all = next((row.on for row in reversed(only) if not row.checks), ())
    return next((row.on for row in reversed(only) if id in row.checks), of_all)


def systems_of_any(only: Sequence[Only]) -> tuple[str, ...]:
    """The systems that at least one check of the chapter may be for; empty for all."""
    of_all = systems_for(only, "")
    return (*of_all, *(name for row in only if row.checks for name in row.on)) if of_all else ()


@dataclass(frozen=True)
class Asked:
    """What a chapter asks of the machine, or the whole course of it for every chapter. `requires` are
    files that list packages, read at every run; `python` is a PEP 440 specifier, None where nothing is
    said of it; `conda` names the environment that learners make; `packages` are PEP 508 requirements; `commands` are versions by command, empty where any
    will do; `jupyter` is None where the notebooks decide; `env` are variables by name; `tools` are
    checks of the bundled course's tracks by their ids; `disk` and `memory` are in bytes; `gpu` is
    `required` or `optional`; `hint` are words by system; `checks` are names in Python files of the
    course, `FILE:NAME`.
    """

    requires: tuple[str, ...] = ()
    python: str | None = None
    conda: str | None = None
    packages: tuple[str, ...] = ()
    commands: Mapping[str, str] = field(default_factory=dict)
    jupyter: bool | None = None
    env: Mapping[str, Variable] = field(default_factory=dict)
    files: tuple[DataFile, ...] = ()
    ports: tuple[int, ...] = ()
    tools: tuple[str, ...] = ()
    services: Mapping[str, Service] = field(default_factory=dict)
    proof: tuple[Proof, ...] = ()
    links: tuple[str, ...] = ()
    gpu: str | None = None
    disk: int | None = None
    memory: int | None = None
    hint: Mapping[str, str] = field(default_factory=dict)
    only: tuple[Only, ...] = ()
    checks: tuple[str, ...] = ()

    def __or__(self, other: Asked) -> Asked:
        """Both; where they disagree, the other."""
        names = [each.name for each in fields(self)]
        return Asked(**{name: _both(getattr(self, name), getattr(other, name)) for name in names})

    @property
    def is_something(self) -> bool:
        """Whether there is anything to check in it, whatever the notebooks need."""
        return any(getattr(self, each.name) for each in fields(self) if each.name not in SHAPING)


SHAPING = ("python", "jupyter", "hint", "only")  # keys that ask for nothing by themselves


def _both(first: Any, second: Any) -> Any:  # values of one field
    if isinstance(first, tuple):
        return tuple(dict.fromkeys((*first, *second)))
    if isinstance(first, Mapping):
        return {**first, **second}
    return first if second is None else second
