"""Who talks to the person while a fix is carried out or taken back, and the words for each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from envcheck.environment import Environment
from envcheck.model import Fix, Rename, Run, SetEnv, Step, Tell, UnsetEnv, UsePython, Write
from envcheck.printable import visible
from envcheck.privacy import Scrubber
from envcheck.run.own_files import undisturbed
from envcheck.run.scrub import scrubbed
from envcheck.target import shells

NOTHING = "Nothing of this was done: the machine is as it was before the question."


@dataclass(frozen=True)
class Helper:
    """Who talks to the person: `say` a line, `confirm` a question, `tick` how long a step takes and
    what it says of itself. `dry` shows and does nothing. `scrubber` takes out what this person's
    screen must not show; `shell` reads the lines. What begins with four spaces is kept whole.
    """

    say: Callable[[str], None]
    confirm: Callable[[str], bool]
    dry: bool = False
    tick: Callable[[float, str], None] = lambda seconds, text: None
    scrubber: Scrubber = field(default_factory=Scrubber)
    shell: str = "posix"

    def agreed(self, question: str) -> bool:
        """Ask; a no, and Ctrl-C, are answered with what that means. Raises KeyboardInterrupt."""
        try:
            agreed = self.confirm(question)
        except KeyboardInterrupt:
            self.say(NOTHING)
            raise
        if not agreed:
            self.say(NOTHING)
        return agreed

    def say_steps(self, env: Environment, steps: Sequence[Step]) -> None:
        """One line for each step, as it can be typed in this folder."""
        for step in undisturbed(tuple(steps), env):
            self.say(f"    {describe(step, self.scrubber, self.shell)}")


def preview(fix: Fix, helper: Helper) -> list[str]:
    """Every step in a line, before anything is done."""
    lines: list[str] = []
    for number, step in enumerate(fix.steps, 1):
        lines.append(f"    {number}. {describe(step, helper.scrubber, helper.shell)}")
        if isinstance(step, Write):
            text = helper.scrubber.text(step.text)
            lines += [f"       | {visible(line)}" for line in text.split("\n")]
    return lines


def describe(step: Step, scrubber: Scrubber, shell: str) -> str:
    """A step in a line, as this person may see it: what would not be seen is written as a code."""
    return visible(_described(scrubbed(step, scrubber), shell))


def _described(step: Step, shell: str) -> str:
    match step:
        case Run():
            return shells.command(step.argv, shell)
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
