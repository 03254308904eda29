"""A workbench for programs that are not Python's: a throw-away folder and home, one deadline, and
what an end means.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail
from envcheck.fixes.advice import ask_teacher, tell
from envcheck.processes.process import Ending, Finished, how_it_ended
from envcheck.sentences import reasoned
from envcheck_checks.tools.framework import check_page
from envcheck_checks.tools.framework.codes import (
    PROGRAM_MISSING,
    TOOL_ANSWERS_WRONG,
    TOOL_FAILS,
    TOOL_HANGS,
)
from envcheck_checks.tools.framework.program import Program, missing
from envcheck_checks.tools.framework.wrong_answer import wrong_answer

# What can be said of every program.
GENERAL: dict[str, str] = {
    PROGRAM_MISSING: "there is no such command",
    TOOL_FAILS: "its work ended with an error that envcheck knows no cause for",
    TOOL_HANGS: "its work did not end in time",
    TOOL_ANSWERS_WRONG: "its work gave another number than it should",
}


@dataclass(frozen=True)
class Bench:
    """Where one program does its work. `deadline` is on the monotonic clock, `variables` are set
    for all that it starts.
    """

    env: Environment
    title: str
    folder: Path
    deadline: float
    variables: Mapping[str, str | None] = field(default_factory=dict)

    def do(self, *words: str | Path) -> Finished:
        """How one command ended, run in the folder."""
        left = max(self.deadline - time.monotonic(), 1.0)
        return self.env.run(
            [*map(str, words)],
            timeout=left,
            cwd=self.folder,
            variables=self.variables,
            low_priority=True,
        )

    def in_order(self, commands: Sequence[Sequence[str]]) -> Finished:
        """How the commands ended, run one after the other: the first that fails, or the last."""
        done = self.do(*commands[0])
        for command in commands[1:]:
            if not done.ok:
                return done
            done = self.do(*command)
        return done

    def write(self, files: Mapping[str, str]) -> None:
        """Write these texts into the folder, by name of the file."""
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def trouble(self, done: Finished) -> Diagnosis | None:
        """What a failed command means when no cause is known; None when it did its work."""
        if done.ok:
            return None
        what = " ".join(done.argv[:2])
        if done.ending in (Ending.TIMED_OUT, Ending.FLOODED):
            return fail(
                TOOL_HANGS, f"{self.title} did not finish a small piece of work in {done.seconds:.0f} s",
                tell("give it room", "Close other programs, then run envcheck again; the first start of a tool is its slowest."),
                found=f"{done.ending.value}: {what}\n{done.last_words}".strip(), looked_in=done.argv[0],
            )  # fmt: skip
        return fail(
            TOOL_FAILS, f"{self.title} is installed, and a small piece of work fails", ask_teacher(),
            found=reasoned(how_it_ended(done.code), done.last_words), looked_in=what,
        )  # fmt: skip

    def wrong_answer(self, found: object, wanted: object) -> Diagnosis:
        """The diagnosis of work that came to its end with another result."""
        return wrong_answer(self.title, found=found, wanted=wanted, looked_in=self.title)


def bench(env: Environment, name: str, title: str, timeout: float, *, home: bool = True) -> Bench:
    """An empty folder for this work. With `home` a throw-away home lies in it: settings and caches
    stay there.
    """
    folder = env.new_folder(name)
    return Bench(env, title, folder, time.monotonic() + timeout, own_home(folder) if home else {})


def own_home(folder: Path) -> dict[str, str | None]:
    """Variables that put home, settings, caches and temporary files into this folder."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    names = (
        "HOME",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
    )
    return dict.fromkeys((*names, "TMPDIR", "TEMP", "TMP"), str(home))


def program_works(
    id: str,
    title: str,
    programs: Sequence[Program],
    examine: Callable[[Environment], Outcome],
    *,
    proves: str,
    codes: Mapping[str, str] | None = None,
    timeout: float = 60.0,
    seconds: float = 1.0,
    memory_mb: int = 100,
    where: str = check_page.OWN_FOLDER,
) -> Check:
    """A check whose programs are looked for first; `codes` says in a line what each of its own
    codes means, and `where` whose settings the work uses, for its page.
    """

    def look(env: Environment) -> Outcome:
        absent = next(
            (diagnosis for program in programs if (diagnosis := missing(env, program)) is not None),
            None,
        )
        return absent or examine(env)

    return Check(
        id=id,
        title=title,
        examine=look,
        timeout=timeout,
        proves=proves,
        cost=Cost(seconds, memory_mb, sum(program.megabytes for program in programs)),
        page=check_page.page(title, programs[0].about, proves, id, codes or {}, GENERAL, where),
        slow_because=f"{title} does its work on a busy machine",
    )
