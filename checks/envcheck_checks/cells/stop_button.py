"""The stop button of a notebook: pressed while a cell goes on for ever, which must end that."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from envcheck import Environment, Outcome, unknown
from envcheck_checks.cells import failed_cell
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import works_in_fresh_kernel

AGAIN_SECONDS = 4.0
SECONDS = 15.0
ENDLESS = "import time\nwhile True:\n    print('running', flush=True)\n    time.sleep(1)"


@dataclass(frozen=True)
class Pressed:
    """What came of it. `times` is how often it was pressed: never where the cell did not run."""

    done: Execution
    times: int

    @property
    def has_stopped(self) -> bool:
        """Whether the cell ended after that. In which error does not matter: the interrupt may land in
        the code that prints for the cell, or in a handler of the learner's, which raise their own.
        """
        return self.times > 0 and self.done.end is End.REPLIED and self.done.error is not None


def find_fault(env: Environment, kernel: Kernel) -> Outcome | None:
    """Why a running cell cannot be stopped; None where it can."""
    pressed = press(kernel)
    if pressed.has_stopped:
        return None
    if pressed.times == 0 and pressed.done.end is End.SILENT:
        return unknown(f"the stop button was not tried: no cell ran within {SECONDS:.0f} s")

    def stops(changes: Sequence[Removed]) -> bool | None:
        return works_in_fresh_kernel(env, changes, _stops)

    return failed_cell.not_interrupted(env, pressed.done, stops)


def _stops(fresh: Kernel) -> bool | None:
    """None where its cell did not begin so soon."""
    again = press(fresh, AGAIN_SECONDS * 2)
    return None if again.times == 0 and again.done.end is End.SILENT else again.has_stopped


def press(kernel: Kernel, seconds: float = SECONDS) -> Pressed:
    """Once the cell says that it runs; like a learner, again when that did nothing."""
    pressed: list[float] = []

    def stop(text: str) -> None:
        if "running" in text and (not pressed or time.monotonic() - pressed[-1] > AGAIN_SECONDS):
            pressed.append(time.monotonic())
            kernel.interrupt()

    return Pressed(kernel.execute(ENDLESS, seconds, stop), len(pressed))
