"""A cell is run again in a fresh kernel: after those before it, and within what a check has left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from envcheck.testing import described
from envcheck_checks.cells import snippet
from envcheck_checks.cells.snippet import Snippet, is_without, works_again
from envcheck_checks.kernel.answers import End, Execution

FIRST = Snippet("first", "import pandas", lambda _: True, timeout=60)
TABLE = Snippet("table", "pandas.x", lambda done: done.text == "right", timeout=60)


class Kernel:
    """Answers each cell so, and keeps what it was asked, and for how long."""

    def __init__(self, done: Execution) -> None:
        self.done, self.asked = done, list[tuple[str, float]]()

    def execute(self, code: str, timeout: float) -> Execution:
        self.asked.append((code, timeout))
        return self.done


@pytest.mark.parametrize(
    ("done", "works"),
    [
        (Execution(End.REPLIED, text="right"), True),
        (Execution(End.REPLIED, text="other"), False),
        (Execution(End.DIED, text="right"), False),
        (Execution(End.SILENT), None),
    ],
)
def test_a_cell_after_those_before_it(
    done: Execution, works: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = Kernel(done)

    def fresh(_env: object, _changes: object, tried: Callable[[Any], bool | None]) -> bool | None:
        return tried(kernel)

    monkeypatch.setattr(snippet, "works_in_fresh_kernel", fresh)
    assert works_again(described(), TABLE, TABLE.is_proved_by, before=[FIRST]) is works
    assert [code for code, _ in kernel.asked] == [FIRST.code, TABLE.code]
    assert sum(seconds for _, seconds in kernel.asked) <= FIRST.timeout


def test_a_line_that_is_not_shown_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        snippet,
        "works_in_fresh_kernel",
        lambda _env, _changes, tried: tried(Kernel(Execution(End.REPLIED, red="no font\n" * 4))),
    )
    assert is_without(described(), TABLE, "another line", ()) is True
    assert is_without(described(), TABLE, "no font", ()) is False
