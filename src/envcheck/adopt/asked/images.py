"""Programs that a course installs into the machines that it is run on elsewhere: Binder's apt.txt and a
devcontainer. Those that build packages from source are passed over: a learner's pip needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from envcheck import foreign_file, shape
from envcheck.adopt.reading.tree import Tree

# Debian's packages by the command that each brings.
OF_DEBIAN = {
    "default-jdk": "java",
    "default-jdk-headless": "java",
    "default-jre": "java",
    "default-jre-headless": "java",
    "ffmpeg": "ffmpeg",
    "graphviz": "dot",
    "julia": "julia",
    "nodejs": "node",
    "pandoc": "pandoc",
    "postgresql-client": "psql",
    "r-base": "Rscript",
    "r-base-core": "Rscript",
    "sqlite3": "sqlite3",
    "tesseract-ocr": "tesseract",
}
JAVA = re.compile(r"openjdk-\d+-(?:jdk|jre)(?:-headless)?")
# Features of devcontainers by theirs.
OF_FEATURES = {"java": "java", "node": "node", "terraform": "terraform", "julia": "julia"}
OF_FEATURES |= {"r-apt": "Rscript", "r-rig": "Rscript", "kubectl-helm-minikube": "kubectl"}
WHEN_MADE = ("onCreateCommand", "updateContentCommand", "postCreateCommand")
MOST_BYTES = 100_000


@dataclass(frozen=True)
class Installed:
    """A command, and the line that installs it."""

    command: str
    file: str
    line: int


@dataclass(frozen=True)
class Typed:
    """A command of a shell, and the line of its key."""

    text: str
    file: str
    line: int


def installed(tree: Tree) -> Iterator[Installed]:
    """The programs of every apt.txt at the root or in Binder's folder, and of every devcontainer."""
    for name in tree.files:
        text = foreign_file.text_or_nothing
        folder, _, last = name.rpartition("/")
        if last == "apt.txt" and folder in ("", "binder", ".binder"):
            yield from _of_apt(name, text(tree.root / name, MOST_BYTES))
        elif last in ("devcontainer.json", ".devcontainer.json"):
            yield from _of_devcontainer(name, text(tree.root / name, MOST_BYTES))


def _of_apt(file: str, text: str) -> Iterator[Installed]:
    for number, line in enumerate(text.split("\n"), 1):
        for package in line.partition("#")[0].split():
            command = "java" if JAVA.fullmatch(package) else OF_DEBIAN.get(package, "")
            if command:
                yield Installed(command, file, number)


def _of_devcontainer(file: str, text: str) -> Iterator[Installed]:
    values = _json(text)
    features = values.get("features") if isinstance(values, dict) else None
    for feature in features if isinstance(features, dict) else ():
        command = OF_FEATURES.get(feature.rpartition("/")[2].partition(":")[0], "")
        if command:
            yield Installed(command, file, text.count("\n", 0, max(text.find(feature), 0)) + 1)


def typed(tree: Tree) -> Iterator[Typed]:
    """Every command that a devcontainer carries out when it is made."""
    for name in tree.files:
        if name.rpartition("/")[2] in ("devcontainer.json", ".devcontainer.json"):
            text = foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)
            values = _json(text)
            for key in WHEN_MADE if isinstance(values, dict) else ():
                line = text.count("\n", 0, max(text.find(f'"{key}"'), 0)) + 1
                yield from (Typed(each, name, line) for each in _commands(values.get(key)))


def _commands(value: Any) -> Iterator[str]:
    """One text, a list of words, or several such by name."""
    if isinstance(value, str):
        yield from re.split(r"&&|\|\||[;\n]", value)
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        yield " ".join(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _commands(each) if not isinstance(each, dict) else ()


def _json(text: str) -> Any:  # any value of JSON
    """JSON with comments and commas at the ends of lists, as VS Code reads it; None for anything else."""
    plain = re.sub(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', lambda match: match[1] or "", text, flags=re.DOTALL)  # fmt: skip
    plain = re.sub(r'("(?:\\.|[^"\\\n])*")|,(?=\s*[}\]])', lambda match: match[1] or "", plain)
    return shape.read_value(plain.encode())
