"""A bench whose programs are described: what each command of a tool would have said."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck.processes.process import Ending, Finished
from envcheck.testing import described
from envcheck_checks.tools.framework.sandbox import Bench


def finished(
    *argv: str, code: int = 0, stdout: str = "", stderr: str = "", ending: Ending = Ending.EXITED
) -> Finished:
    """A command that came to an end."""
    return Finished(argv, ending, code, stdout, stderr, 2.0)


@dataclass(frozen=True)
class ScriptedBench(Bench):
    """Answers by the first word of a command; a command without an answer succeeds and prints
    nothing.
    """

    answers: Mapping[str, Finished] = field(default_factory=dict)

    def do(self, *words: str | Path) -> Finished:
        """The described end of this command."""
        argv = tuple(map(str, words))
        return self.answers.get(Path(argv[0]).name, finished(*argv))


def scripted(folder: Path, *programs: str, **answers: Finished) -> ScriptedBench:
    """A bench in `folder`; `programs` are on the PATH, `answers` are by the name of a program."""
    place = folder / "bin"
    place.mkdir()
    for name in programs:
        file = place / name
        file.touch()
        file.chmod(0o755)
    env = described(
        folder=folder,
        scratch=folder / "scratch",
        variables={"PATH": str(place), "HOME": str(folder)},
    )
    return ScriptedBench(env, "The tool", folder, time.monotonic() + 60, answers=answers)
