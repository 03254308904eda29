"""The lines on the pages that people read (scripts/site makes them) which are there to be typed, and which test
types those of a page. tests/not_typed.py has the others, with the reason.
"""

from __future__ import annotations

import re
import runpy
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tests.not_typed import ELSEWHERE, REASONS

from envcheck.run import pages as long_pages
from envcheck_checks.courses.ml_for_software_engineers import COURSE

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Four blanks after an empty line; below an item of a list it is the item's text.
INDENTED = re.compile(r"^    \S[^\n]*\n(?:    [^\n]+\n)*", re.MULTILINE)
WAYS = re.compile(r"^\| way \| once \| then \|\n\|[-|]+\n((?:\|.*\n)+)", re.MULTILINE)
# What is typed, what a program says, and texts of files. In yaml it is what stands in `run:`.
LABELS = {
    "dockerfile",
    "sh",
    "console",
    "text",
    "python",
    "toml",
    "json",
    "yaml",
    "ini",
    "{click}",
    "{toctree}",
}
HERE = "tests/stories/test_lines_of_pages.py"
# Of each document the test that types its lines, as they stand there.
TYPED = {
    "README.md": f"{HERE}::test_what_a_learner_types",
    "CONTRIBUTING.md": f"{HERE}::test_what_a_contributor_types",
    "docs/authors.md": "tests/stories/test_rehearsal.py::test_the_lines_of_the_authors_page",
    "docs/ci.md": "tests/stories/test_ci_files.py::test_the_page",
    "docs/class-server.md": "tests/stories/test_class_server.py::test_the_page_is_typed_as_it_stands",
    "docs/hubs.md": "tests/stories/test_hub.py::test_three_users",
    "docs/instructors.md": "tests/stories/test_instructors.py::test_the_page_is_typed_as_it_stands",
    "docs/lab-rooms.md": "tests/fleet/test_lab_room.py::test_a_room",
    "docs/report.md": f"{HERE}::test_what_a_learner_types",
    "docs/site/learner.md": f"{HERE}::test_what_a_learner_types",
    "docs/starting.md": "tests/reach/test_ways.py::test_what_is_printed_starts_it_again",
}
OF_CAUSES_AND_CHECKS = f"{HERE}::test_what_the_pages_of_causes_say"


@cache
def site() -> Mapping[str, Any]:
    """What scripts/site is made of."""
    return runpy.run_path(str(ROOT / "scripts" / "site"))


@cache
def documents() -> Mapping[str, str]:
    """The pages that are written, by their places in the repository."""
    texts = {place: text for place, _, text in site()["documents"]()}
    own = {f"docs/site/{file.name}": file.read_text("utf-8") for file in _own()}
    return {"README.md": (ROOT / "README.md").read_text("utf-8"), **texts, **own}


def _own() -> list[Path]:
    return sorted((ROOT / "docs" / "site").glob("*.md"))


@cache
def of_causes_and_checks() -> Mapping[str, str]:
    """The pages that are drawn, by their names."""
    return long_pages.texts(site()["page_names"](), [COURSE])


def labels(text: str) -> set[str]:
    return {match[1] for match in FENCE.finditer(text)}


def lines(text: str) -> list[str]:
    """All that stands there to be typed, in order. One that ends with a backslash goes on."""
    every = [line for block in blocks(text) for line in block]
    return [re.sub(r"\s+# .*", "", line) for line in every]


def blocks(text: str) -> Iterator[list[str]]:
    """The same, by what stands together."""
    for label, body in FENCE.findall(text):
        if label == "sh":
            yield re.sub(r" *\\\n\s*", " ", body).splitlines()
        elif label == "console":
            yield [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
        elif label == "yaml":
            yield re.findall(r"^\s*(?:- )?run: (.+)$", body, re.MULTILINE)
    plain = FENCE.sub("", text)
    for match in INDENTED.finditer(plain):
        before = plain[: match.start()]
        if before.endswith("\n\n") and not re.match(r"( |\d+\. |- )", before.splitlines()[-2]):
            yield textwrap.dedent(match[0]).splitlines()
    for table in WAYS.findall(text):
        yield [line for row in ways_of(table) for line in row[1:] if line]


def ways_of(table: str) -> Iterator[tuple[str, str, str]]:
    """Of each row of docs/starting.md: its name, what is typed once, and what from then on."""
    for row in table.splitlines():
        name, once, then = (cell.strip() for cell in row.strip("|").split("|"))
        typed = [" && ".join(re.findall(r"`([^`]+)`", cell)) for cell in (once, then)]
        yield name.removesuffix(" *").split(" ([")[0], typed[0], typed[1]


def ways(place: str) -> list[tuple[str, str, str]]:
    """The table of ways to start that this document has."""
    (table,) = WAYS.findall(documents()[place])
    return [*ways_of(table)]


def reasons() -> dict[str, str]:
    """Why a line is not typed."""
    return {line: why for why, every in REASONS.items() for line in every}


def to_type(place: str) -> list[str]:
    """What the test of this document types."""
    left_out = {*reasons(), *ELSEWHERE.get(place, {})}
    return [line for line in lines(documents()[place]) if line not in left_out]
