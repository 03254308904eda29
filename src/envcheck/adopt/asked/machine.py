"""What a course asks of the machine beside Python: programs whose version its texts have learners
ask for, and the ports of its containers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from envcheck import foreign_file
from envcheck.adopt.asked import images
from envcheck.adopt.reading.tree import Tree
from envcheck.adopt.reading.yaml_nodes import Node, pairs, root

# Programs that a course can want. Not here: what installs Python's packages, and a system's own.
PROGRAMS = (
    "Rscript|R|aws|az|cargo|cmake|docker|dot|ffmpeg|g\\+\\+|gcc|gcloud|git|go|helm|java|javac"
)
PROGRAMS += "|julia|kubectl|make|minikube|mvn|mysql|node|npm|npx|ollama|pandoc|psql|rustc|sbt|scala"
PROGRAMS += "|spark-submit|sqlite3|terraform|yarn"
VERSION = re.compile(
    rf"(?:^[ \t]*(?:[$>%][ \t]+)?|`)(?P<name>{PROGRAMS})[ \t]+(?:--version|-version|-v|-V|version)"
    r"[ \t]*(?:`|#.*)?$|"
    rf"`(?P<inside>{PROGRAMS})[ \t]+(?:--version|-version|-v|-V|version)`",
    re.MULTILINE,
)
# Texts that learners follow before they begin, at the course's root or one folder below.
TEXTS = re.compile(
    r"(?:[^/]+/)?(?:readme|install\w*|set-?_?up\w*|prerequisites?|requirements|getting[-_]?started)"
    r"\.(?:md|rst|txt)",
    re.IGNORECASE,
)
COMPOSE = re.compile(r"(?:docker-)?compose(?:\.\w+)?\.ya?ml")
JUPYTERS = 8888
MOST_BYTES = 200_000  # PyYAML reads about 100,000 a second
PUBLISHED = re.compile(r"(?:[\d.]+:|\[[\d:a-f]*\]:)?(\d{1,5}):\d{1,5}(?:/tcp)?")


@dataclass(frozen=True)
class Program:
    """A command, and the first place that has learners ask for its version, or that installs it."""

    name: str
    file: str
    line: int


@dataclass(frozen=True)
class Port:
    """A port of this machine that a container of the course's takes."""

    number: int
    file: str


def programs(tree: Tree) -> tuple[Program, ...]:
    """Each program once."""
    asked: dict[str, Program] = {}
    for name in tree.files:
        if TEXTS.fullmatch(name):
            text = foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)
            for match in VERSION.finditer(text):
                program = match["name"] or match["inside"]
                place = max(match.start("name"), match.start("inside"))
                line = text.count("\n", 0, place) + 1
                asked.setdefault(program, Program(program, name, line))
    for each in images.installed(tree):
        asked.setdefault(each.command, Program(each.command, each.file, each.line))
    return tuple(asked.values())


def ports(tree: Tree) -> tuple[Port, ...]:
    """Those of every compose file, by file. One that a variable sets is none: it has no number here;
    nor is Jupyter's, which takes the next one where it is not free.
    """
    return tuple(
        Port(number, name)
        for name in tree.files
        if COMPOSE.fullmatch(name.rpartition("/")[2].lower())
        for number in sorted(set(_published(tree, name)))
    )


def _published(tree: Tree, name: str) -> Iterator[int]:
    text = foreign_file.text_or_nothing(tree.root / name, MOST_BYTES)
    services = dict(pairs(root(text))).get("services")
    for _, service in pairs(services):
        rows = dict(pairs(service)).get("ports")
        for row in rows.value if rows is not None and rows.id == "sequence" else ():
            number = _of_this_machine(row)
            if 0 < number < 65_536 and number != JUPYTERS:
                yield number


def _of_this_machine(row: Node) -> int:
    """`"5432:5432"`, `"127.0.0.1:80:8080"`, or a table with `published`; 0 for anything else."""
    if row.id == "mapping":
        published = dict(pairs(row)).get("published")
        text = f"{published.value}:1" if published is not None else ""
    else:
        text = str(row.value)
    match = PUBLISHED.fullmatch(text)
    return int(match[1]) if match else 0
