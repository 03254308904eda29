"""How envcheck is started once more: as the learner started it, about the same machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from envcheck.target import shells


@dataclass(frozen=True)
class Again:
    """Every line that we print for the learner to type comes from here. `program` are the words
    that started envcheck, `names` the chapters as they were asked for, and `options` those that
    decide what is examined, each with its value. `shell` is the learner's, as
    envcheck.target.shells names them.
    """

    program: tuple[str, ...] = ("envcheck",)
    names: tuple[str, ...] = ()
    options: tuple[tuple[str, ...], ...] = ()
    shell: str = "posix"

    def same(self, *more: str) -> str:
        """The line that asks the same question once more, with `more` options."""
        return self._line([*self.names, *_flat(self.options), *more])

    def explain(self, code: str) -> str:
        """The long page of a code, also of a course that is not installed."""
        course = [option for option in self.options if option[0] == "--course"]
        return self._line(["explain", code, *_flat(course)])

    def undo(self, record: str) -> str:
        """Take a fix back by its record."""
        return self._line(["undo", record])

    def send(self) -> str:
        """Send what could not be sent to the class."""
        return self._line(["send"])

    def about(self, python: str) -> Again:
        """The same question about another Python."""
        usual = self.about_the_usual()
        return replace(self, options=(*usual.options, ("--python", python)))

    def about_the_usual(self) -> Again:
        """The same question about the Python that is found where none is named."""
        others = tuple(option for option in self.options if option[0] != "--python")
        return replace(self, options=others)

    def _line(self, words: Sequence[str]) -> str:
        return shells.command((*self.program, *words), self.shell)


def _flat(options: Sequence[Sequence[str]]) -> list[str]:
    return [word for option in options for word in option]
