"""Who talks to the person while a fix is carried out or taken back, and the words for each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from envcheck.model import Fix, Rename, Run, SetEnv, Step, Tell, UnsetEnv, UsePython, Write
from envcheck.privacy import Scrubber
from envcheck.run.scrub import scrubbed
from envcheck.target import shells


@dataclass(frozen=True)
class Helper:
    """Who talks to the person: `say` a line, `confirm` a question, `tick` how long a step takes and
    what it says of itself. `dry` shows and does nothing. `scrubber` takes out what this person's
    screen must not show.
    """

    say: Callable[[str], None]
    confirm: Callable[[str], bool]
    dry: bool = False
    tick: Callable[[float, str], None] = lambda seconds, text: None
    scrubber: Scrubber = field(default_factory=Scrubber)

    def say_steps(self, steps: Sequence[Step]) -> None:
        """One line for each step."""
        for step in steps:
            self.say(f"    {describe(step, self.scrubber)}")


def preview(fix: Fix, scrubber: Scrubber) -> list[str]:
    """Every step in a line, before anything is done."""
    return [f"    {number}. {describe(step, scrubber)}" for number, step in enumerate(fix.steps, 1)]


def describe(step: Step, scrubber: Scrubber) -> str:
    """A step in a line, as this person may see it."""
    step = scrubbed(step, scrubber)
    match step:
        case Run():
            return shells.command(step.argv, "posix")
        case Rename():
            return f"rename {step.source} to {step.to}"
        case Write():
            return f"write {step.path}"
        case UnsetEnv():
            return f"take {step.name} out of the variables"
        case SetEnv():
            return f"set {step.name}={step.value}"
        case UsePython():
            return f"from then on use {step.python}"
        case Tell():
            return step.text
