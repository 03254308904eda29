"""A cell whose result is known, and how it is run again in a fresh kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from envcheck import Environment
from envcheck_checks.cells import repeated_line
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import works_in_fresh_kernel

# Its files were read once: what then takes longer leaves the check no time for its verdict.
TRIAL_SECONDS = 25.0


class Cell(Protocol):
    """What is run, and how long it is waited for."""

    @property
    def code(self) -> str: ...
    @property
    def timeout(self) -> float: ...


@dataclass(frozen=True)
class Snippet:
    """A cell, and what must come back from it."""

    name: str
    code: str
    proved: Callable[[Execution], bool]
    timeout: float = 30.0
    packages: tuple[str, ...] = ()

    def is_proved_by(self, done: Execution) -> bool:
        """Whether it came to its end and gave what it should."""
        return done.end is End.REPLIED and self.proved(done)


def works_again(
    env: Environment,
    cell: Cell,
    proved: Callable[[Execution], bool],
    changes: Sequence[Removed] = (),
    before: Sequence[Cell] = (),
) -> bool | None:
    """Whether this cell gives what it should in a fresh kernel without these settings, after those
    before it.
    """

    def tried(kernel: Kernel) -> bool | None:
        for earlier in before:
            kernel.execute(earlier.code, min(earlier.timeout, TRIAL_SECONDS))
        done = kernel.execute(cell.code, min(cell.timeout, TRIAL_SECONDS))
        return done.proves(proved(done))

    return works_in_fresh_kernel(env, changes, tried)


def is_without(env: Environment, cell: Cell, line: str, changes: Sequence[Removed]) -> bool | None:
    """Whether this cell is without the line in a fresh kernel without these settings."""

    def is_quiet(done: Execution) -> bool:
        still = repeated_line.repeated(done.red)
        return done.end is End.REPLIED and not repeated_line.is_like(still, line)

    return works_again(env, cell, is_quiet, changes)
