"""No test fails because the machine is slow or busy: how long something took is compared with a limit
that knows how slow.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.guards.source import ROOT, files, nodes, place, written

TESTS = ROOT / "tests"
# The processor's own time is longer on a slow machine too.
CLOCKS = (
    "monotonic() - ",
    "perf_counter() - ",
    "process_time() - ",
    "thread_time() - ",
    ".ru_utime",
)
IN_A_TEXT = re.compile(rf"({'|'.join(map(re.escape, CLOCKS))})[^\n]*<")  # of a program to start
WAITS = {"Barrier", "communicate", "join", "result", "wait", "wait_procs"}
NO_LIMIT = 1.0  # second: less is how often is looked, and whatever comes later is waited for again


def bare_limits(source: Sequence[ast.AST]) -> Iterator[int]:
    """Of these nodes of a module: the lines of assertions that something took less than so many seconds, of deadlines in loops,
    and of waits, with a limit that is the same everywhere.
    """
    compared = {written(test) for node in source for test in _bounds(node)}
    looks = [look for node in source if isinstance(node, ast.While) for look in _looks(node)]
    for node in source:
        if isinstance(node, ast.Assign) and _is_a_deadline(node, compared):
            yield node.lineno
        if isinstance(node, ast.Call) and node not in looks and _waits(node):
            yield node.lineno
        if isinstance(node, ast.Constant) and _measures_in_a_text(node):
            yield node.lineno
        if isinstance(node, ast.Assert):
            for comparison in ast.walk(node.test):
                if isinstance(comparison, ast.Compare) and _is_of_a_time(comparison):
                    yield comparison.lineno


def _bounds(node: ast.AST) -> Iterator[ast.expr]:
    """`end` of `while time.monotonic() < end`, and of `assert time.monotonic() < end`."""
    if isinstance(node, ast.Compare) and _is_now(node.left):
        yield from node.comparators
    if isinstance(node, ast.Compare) and any(map(_is_now, node.comparators)):
        yield node.left


def _is_now(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and written(node) == "time.monotonic()"


def _measures_in_a_text(node: ast.Constant) -> bool:
    return isinstance(node.value, str) and bool(IN_A_TEXT.search(node.value))


def _is_a_deadline(node: ast.Assign, compared: set[str]) -> bool:
    """`end = time.monotonic() + 5`, where the test itself waits until then."""
    if not compared:
        return False
    names = {name for target in node.targets for name in written(target).strip("()").split(", ")}
    text = written(node.value) if names & compared else ""
    _, adds, limit = text.partition("time.monotonic() + ")
    return bool(adds) and not limit.startswith(("within(", "limit"))


def _looks(loop: ast.While) -> Iterator[ast.AST]:
    """`over.wait(EVERY)` of `while not over.wait(EVERY)`: the time between two looks is no limit."""
    if isinstance(loop.test, ast.UnaryOp):
        yield loop.test.operand


def _waits(call: ast.Call) -> bool:
    """`thread.join(5)`, `program.communicate(timeout=20)`: by a number, or by the name of one."""
    name = written(call.func).rpartition(".")[2]
    given = [word.value for word in call.keywords if word.arg == "timeout"]
    if name in {"join", "result", "wait"} and len(call.args) == 1:
        given += call.args
    return name in WAITS and any(_is_a_number(limit, name) for limit in given)


def _is_a_number(limit: ast.expr, name: str) -> bool:
    if isinstance(limit, ast.Name):
        return limit.id.isupper() and name != "join"  # of words
    return (
        isinstance(limit, ast.Constant)
        and isinstance(limit.value, int | float)
        and limit.value >= NO_LIMIT
    )


def _is_of_a_time(comparison: ast.Compare) -> bool:
    """`time.monotonic() - begun < 5`, `report["seconds"] <= LIMIT`."""
    *taken, limit = [comparison.left, *comparison.comparators]
    if not isinstance(comparison.ops[-1], ast.Lt | ast.LtE):
        return False
    text = ast.unparse(taken[-1])
    measured = any(clock in text for clock in CLOCKS)
    measured = measured or "until(" in text or text.endswith(("['seconds']", ".seconds"))
    return measured and not ast.unparse(limit).startswith(("within(", "limit"))


def test_a_bare_limit_is_seen() -> None:
    source = """
assert time.monotonic() - begun < 5, "late"
assert 1 <= time.perf_counter() - begun <= LIMIT
assert seen.report["seconds"] < 30
assert time.monotonic() - begun < within(5)
assert "seconds" not in report and begun < 5
assert await until(screen, "ready") < 15 and done.seconds < 5
end = time.monotonic() + 5
rows, late = [], time.monotonic() + SOON
until = time.monotonic() + within(5)
given = time.monotonic() + 60
while time.monotonic() < end or late > time.monotonic() or time.monotonic() < until:
    look(given)
"""
    assert sorted(bare_limits([*ast.walk(ast.parse(source))])) == [2, 3, 4, 7, 7, 8, 9]


def test_a_bare_limit_of_the_processor_and_of_a_wait_is_seen() -> None:
    source = """
assert time.process_time() - begun < 5
assert use.ru_utime + use.ru_stime < LIMIT
both = threading.Barrier(2, timeout=5)
out, err = program.communicate(timeout=20)
psutil.wait_procs(children, timeout=5)
thread.join(10)
assert program.wait(LONG) == 0 and sent.result(timeout=10)
assert time.process_time() - begun < within(5)
both, out = threading.Barrier(2, timeout=within(5)), program.communicate()
while not over.wait(EVERY):
    thread.join() or rates.wait(1, 0)
    ", ".join(WORDS)
python("print(use.ru_utime < 0.6)") and python("print(use.ru_utime)")
"""
    assert sorted(bare_limits([*ast.walk(ast.parse(source))])) == [2, 3, 4, 5, 6, 7, 8, 8, 14]


def test_limits_know_how_slow_the_machine_is() -> None:
    bare = [
        f"{place(file)}:{line}"
        for file in files(TESTS)
        if file != Path(__file__)
        for line in bare_limits(nodes(file))
    ]
    assert not bare, f"compare with tests.pace.within(SECONDS): {', '.join(bare)}"
