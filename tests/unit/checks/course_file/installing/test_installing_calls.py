"""Calls that have a program install something: the statement goes, and what stands beside it stays."""

from __future__ import annotations

import pytest

from envcheck.adopt.reading import cells
from envcheck_checks.course_file.installing.installing_calls import without_calls


def out(line: str) -> bool:
    return "pip" in line and "install" in line


@pytest.mark.parametrize(
    ("text", "left", "shown"),
    [
        ("x = 1", "x = 1", ""),
        ("a = 1; run(['pip', 'install', 'b'])", "a = 1; pass", "run(..."),
        ("with Popen(['pip', 'install']) as p:\n  p.wait()\nx = 1", "pass\n\nx = 1", "Popen(..."),
        ("if x: system('pip install a')", "if x: pass", "system(..."),
        ("print('pip install a')", "print('pip install a')", ""),
        ("import pip\nmain()", "import pip\nmain()", ""),
    ],
)
def test_statements(text: str, left: str, shown: str) -> None:
    without = without_calls(text, cells.parsed(text), out)
    assert (without.text, without.shown) == (left, shown)


def test_where_the_tree_has_other_places_nothing_is_left() -> None:
    """Rather than a line that still installs."""
    without = without_calls("  run('pip install')", cells.parsed("run('pip install')"), out)
    assert without.text == ""
    assert without.shown


def test_no_python() -> None:
    assert without_calls("1 +", None, out).text == "1 +"
