"""How far a fix has come, what takes it back, and how it ended. Frozen values, no behaviour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from envcheck.environment import Located
from envcheck.model import Step

if TYPE_CHECKING:
    from envcheck.fixes.unfinished import Unfinished

STEP_SECONDS = 1800.0  # the most that one step may take: an installation over a slow line

# Told for how many seconds a step has run, and what it says of itself.
Tick = Callable[[float, str], None]


class StepFailed(Exception):
    """A step did not do what it should. `undo` takes back what it had done by then, `folders` are
    those that it had made; `stopped`: a person ended it.
    """

    def __init__(
        self,
        why: str,
        undo: tuple[Step, ...] = (),
        folders: tuple[str, ...] = (),
        *,
        stopped: bool = False,
    ) -> None:
        super().__init__(why)
        self.undo = undo
        self.folders = folders
        self.stopped = stopped


@dataclass(frozen=True)
class Done:
    """A step that was carried out, and the steps that take it back, first things first. `folders`
    are those that it made in an environment: empty, they go when it is taken back.
    """

    step: Step
    undo: tuple[Step, ...] = ()
    folders: tuple[str, ...] = ()


@dataclass(frozen=True)
class FixState:
    """What the next run starts from: environment steps and `use-python` change it, for envcheck's
    own runs alone. While `undoing`, commands work in an empty folder: no file beside a record is
    taken for a package or for settings. `begun` is the step that is on its way.
    """

    located: Located
    variables: dict[str, str]
    done: tuple[Done, ...] = field(default=())
    undoing: bool = False
    begun: Unfinished | None = None

    @property
    def undo_steps(self) -> tuple[Step, ...]:
        """What takes all of it back, last step first."""
        return tuple(step for done in reversed(self.done) for step in done.undo)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that its steps made in an environment."""
        return tuple(folder for done in self.done for folder in done.folders)


@dataclass(frozen=True)
class FixResult:
    """How a fix ended: `failed` is why its last step did, empty when all went well; `stopped`: a
    person ended it.
    """

    state: FixState
    failed: str = ""
    stopped: bool = False
