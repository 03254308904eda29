"""What a fix does, step by step, as data that any program can carry out. Frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Run:
    """Start a program; the step failed when its exit code is not 0."""

    do: ClassVar[str] = "run"
    argv: tuple[str, ...]


@dataclass(frozen=True)
class UnsetEnv:
    """Take a variable away, in the programs that run after this step."""

    do: ClassVar[str] = "unset-env"
    name: str


@dataclass(frozen=True)
class SetEnv:
    """Set a variable, for the programs that run after this step."""

    do: ClassVar[str] = "set-env"
    name: str
    value: str


@dataclass(frozen=True)
class Rename:
    """Give a file or folder another name; what has that name already is moved aside."""

    do: ClassVar[str] = "rename"
    source: str
    to: str


@dataclass(frozen=True)
class Write:
    """Write a text file, as UTF-8; what is there already is moved aside."""

    do: ClassVar[str] = "write"
    path: str
    text: str


@dataclass(frozen=True)
class UsePython:
    """The target from here on; a person activates a `kind`: "venv", "conda", "mamba", "micromamba".
    `conda` is conda's folder or micromamba's path, for a terminal that knows neither; `stacked`: put
    first on PATH, where conda itself would put it behind another Python.
    """

    do: ClassVar[str] = "use-python"
    python: str
    kind: str = ""
    conda: str = ""
    stacked: bool = False


@dataclass(frozen=True)
class Tell:
    """Something only a person can do; `typed` is the line in `text` that they type for it, which a
    page shows on a line of its own.
    """

    do: ClassVar[str] = "tell"
    text: str
    typed: str = ""


Step = Run | UnsetEnv | SetEnv | Rename | Write | UsePython | Tell
