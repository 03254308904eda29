"""How far a fix has come, what takes it back, and how it ended. Frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from envcheck.environment import Located
from envcheck.model import Step

STEP_SECONDS = 1800.0  # the most that one step may take: an installation over a slow line

# Told for how many seconds a step has run, and what it says of itself.
Tick = Callable[[float, str], None]


class StepFailed(Exception):
    """A step did not do what it should. `undo` takes back what it had done by then; `stopped`: a
    person ended it.
    """

    def __init__(self, why: str, undo: tuple[Step, ...] = (), *, stopped: bool = False) -> None:
        super().__init__(why)
        self.undo = undo
        self.stopped = stopped


@dataclass(frozen=True)
class Done:
    """A step that was carried out, and the steps that take it back, first things first."""

    step: Step
    undo: tuple[Step, ...] = ()


@dataclass(frozen=True)
class FixState:
    """What the next run starts from: environment steps and `use-python` change it, for envcheck's
    own runs alone. While `undoing`, commands work in an empty folder: no file beside a record is
    taken for a package or for settings.
    """

    located: Located
    variables: dict[str, str]
    done: tuple[Done, ...] = field(default=())
    undoing: bool = False

    @property
    def undo_steps(self) -> tuple[Step, ...]:
        """What takes all of it back, last step first."""
        return tuple(step for done in reversed(self.done) for step in done.undo)


@dataclass(frozen=True)
class FixResult:
    """How a fix ended: `failed` is why its last step did, empty when all went well; `stopped`: a
    person ended it.
    """

    state: FixState
    failed: str = ""
    stopped: bool = False
