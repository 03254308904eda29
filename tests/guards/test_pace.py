"""No test fails because the machine is slow or busy: how long something took is compared with a limit
that knows how slow.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1]


def bare_limits(source: str) -> Iterator[int]:
    """The lines of assertions that something took less than so many seconds, with a limit that
    is the same everywhere.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            for comparison in ast.walk(node.test):
                if isinstance(comparison, ast.Compare) and _is_of_a_time(comparison):
                    yield comparison.lineno


def _is_of_a_time(comparison: ast.Compare) -> bool:
    """`time.monotonic() - begun < 5`, `report["seconds"] <= LIMIT`."""
    *taken, limit = [comparison.left, *comparison.comparators]
    if not isinstance(comparison.ops[-1], ast.Lt | ast.LtE):
        return False
    text = ast.unparse(taken[-1])
    measured = ("monotonic() - " in text or "perf_counter() - " in text) or text.endswith(
        "['seconds']"
    )
    return measured and not ast.unparse(limit).startswith(("within(", "limit"))


def test_a_bare_limit_is_seen() -> None:
    source = """
assert time.monotonic() - begun < 5, "late"
assert 1 <= time.perf_counter() - begun <= LIMIT
assert seen.report["seconds"] < 30
assert time.monotonic() - begun < within(5)
assert "seconds" not in report and begun < 5
"""
    assert list(bare_limits(source)) == [2, 3, 4]


def test_limits_know_how_slow_the_machine_is() -> None:
    bare = [
        f"{file.relative_to(TESTS)}:{line}"
        for file in sorted(TESTS.rglob("*.py"))
        for line in bare_limits(file.read_text(encoding="utf-8"))
    ]
    assert not bare, f"compare with tests.pace.within(SECONDS): {', '.join(bare)}"
