"""The stop button: what counts as stopped, and how often it is pressed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from envcheck_checks.cells import stop_button
from envcheck_checks.kernel.answers import End, Execution

STOPPED = Execution(End.REPLIED, "error", error=("KeyboardInterrupt", ""))


class Cell:
    """A kernel whose cell prints these texts and ends so, at these seconds."""

    def __init__(self, done: Execution, printed: Sequence[str]) -> None:
        self.done, self.printed, self.interrupts = done, printed, 0

    def execute(self, code: str, timeout: float, on_text: Callable[[str], None]) -> Execution:
        for text in self.printed:
            on_text(text)
        return self.done

    def interrupt(self) -> None:
        self.interrupts += 1


@pytest.mark.parametrize(
    ("done", "printed", "stopped"),
    [
        (STOPPED, ["running\n"], True),
        # The interrupt met the code that prints, or a handler of the learner's, which raised this.
        (Execution(End.REPLIED, "error", error=("RuntimeError", "x")), ["running\n"], True),
        (Execution(End.REPLIED, "error", error=("SystemExit", "1")), ["running\n"], True),
        # It failed by itself: nothing was stopped.
        (Execution(End.REPLIED, "error", error=("RuntimeError", "x")), ["", "runn"], False),
        (Execution(End.REPLIED, "ok"), ["running\n"], False),
        (Execution(End.SILENT), ["running\n"], False),
        (Execution(End.DIED), ["running\n"], False),
    ],
)
def test_what_counts_as_stopped(done: Execution, printed: list[str], stopped: bool) -> None:
    assert stop_button.press(Cell(done, printed)).has_stopped is stopped  # type: ignore[arg-type]


def test_it_is_pressed_again_after_a_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 1.0, 2.0, 4.5, 4.5, 5.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    cell = Cell(STOPPED, ["running\n"] * 5)
    assert stop_button.press(cell).times == cell.interrupts == 2  # type: ignore[arg-type]
