"""Every command on the pages that people read is typed by a test, or stands in a list with the reason why not."""

from __future__ import annotations

import functools
import re
import shlex
import subprocess

import click
import pytest
from tests import built_file
from tests import lines_of_pages as shown
from tests.not_typed import ELSEWHERE, REASONS

from envcheck.command.cli import cli

TO_PASTE = ("envcheck", "python3 run-envcheck.py", "uvx envcheck-course")
SPAN = re.compile(rf"`((?:{'|'.join(TO_PASTE)}) [^`]+)`")
# Chapters of the examples on the pages, and words in the place of one.
OTHER_CHAPTERS = {"ch02", "ch12", "week1", "week2", "CHAPTER", "COMMAND"}
IN_PLACE_OF_WORDS = ("...", "[", "|")


@pytest.mark.parametrize("place", shown.documents())
def test_a_block_says_what_it_is(place: str) -> None:
    """`sh` is for lines to type, `console` for those behind a `$` and what they print, `text` for
    what is printed, and other labels for files.
    """
    assert shown.labels(shown.documents()[place]) <= shown.LABELS


@pytest.mark.parametrize("place", shown.documents())
def test_a_column_says_what_it_has(place: str) -> None:
    """No head of a table is empty: who hears the page read has nothing else to know a column by."""
    heads = re.findall(r"^(\|.*\|)\n\|[-| ]+\|$", shown.documents()[place], re.MULTILINE)
    assert [head for head in heads if re.search(r"\| +\|", head)] == []


@pytest.mark.parametrize("place", shown.documents())
def test_what_is_typed_has_its_test(place: str) -> None:
    """A document with a line to type names the test that types it, which reads the page."""
    typing = bool(shown.to_type(place))
    assert typing == (place in shown.TYPED), (
        f"name in tests/lines_of_pages.py the test that types {shown.to_type(place)}, or give in "
        "tests/not_typed.py the reason why none does"
    )
    for test in filter(None, [shown.TYPED.get(place), *ELSEWHERE.get(place, {}).values()]):
        assert there(test), f"there is no {test}"
    if typing:
        folder = (shown.ROOT / shown.TYPED[place].partition("::")[0]).parent
        texts = [file.read_text("utf-8") for file in folder.glob("*.py")]
        assert any(f'"{place}"' in text for text in texts), f"{folder} reads other pages"


def there(test: str) -> bool:
    file, _, name = test.partition("::")
    return f"def {name}(" in (shown.ROOT / file).read_text("utf-8")


def test_what_is_typed_on_a_page_of_a_cause_is_a_command() -> None:
    """The reader pastes each into a terminal: what belongs into a cell or a file has its reason why no
    test types it, in tests/not_typed.py. A shell reads them here, as it reads them first of all.
    """
    left = [
        line
        for page in shown.of_causes_and_checks().values()
        for line in shown.lines(page)
        if line not in shown.reasons()
    ]
    assert [line for line in left if re.match(r"\S+ = ", line)] == []  # bash takes `c.a = 1` too
    functions = "".join(f"f() {{\n{line}\n}}\n" for line in left)
    read = subprocess.run(
        ["bash", "-n"], input=functions, text=True, capture_output=True, check=False
    )
    assert read.returncode == 0, read.stderr


def test_the_pages_of_causes_have_theirs() -> None:
    assert there(shown.OF_CAUSES_AND_CHECKS)


def test_no_reason_is_left_without_its_line() -> None:
    """Nor does a line have two."""
    texts = [*shown.documents().values(), *shown.of_causes_and_checks().values()]
    on_pages = {line for text in texts for line in shown.lines(text)}
    given = [line for every in REASONS.values() for line in every]
    assert [line for line in given if line not in on_pages or given.count(line) > 1] == []
    for place, every in ELSEWHERE.items():
        assert {*every} <= {*shown.lines(shown.documents()[place])}, place


def commands() -> list[str]:
    """Lines of envcheck on all pages, those within a sentence too."""
    texts = [*shown.documents().values(), *shown.of_causes_and_checks().values()]
    spans = {" ".join(match[1].split()) for text in texts for match in SPAN.finditer(text)}
    typed = {line for text in texts for line in shown.lines(text) if line.startswith(TO_PASTE)}
    return sorted(
        line for line in spans | typed if not any(word in line for word in IN_PLACE_OF_WORDS)
    )


@functools.cache
def unlocked() -> str:
    """The option that run-envcheck.py takes for itself."""
    return str(built_file.names()["UNLOCKED"])


@pytest.mark.parametrize("line", commands())
def test_the_command_line_takes_it(line: str) -> None:
    """Each command and option there is, and each option has its value; nothing is run."""
    start = next(start for start in TO_PASTE if line.startswith(start))
    words = shlex.split(line.removeprefix(start).partition(" > ")[0])
    words = [word for word in words if word != unlocked()]
    group: click.Command = cli
    context = click.Context(cli, info_name="envcheck")
    while isinstance(group, click.Group):
        name = "chapter2" if words and words[0] in OTHER_CHAPTERS else "".join(words[:1])
        if not name or name in {"--help", "--version"}:
            return
        inner = group.get_command(context, name)
        assert inner is not None, f"there is no command {name}"
        group, words = inner, words[1:]
        context = click.Context(group, parent=context, info_name=name)
    group.make_parser(context).parse_args(args=words)
