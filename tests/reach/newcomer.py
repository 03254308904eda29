"""Somebody who has just heard of envcheck: a home and a work folder of their own, and lines to paste."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bootstrap.machine import KEPT
from tests.pace import within

SECONDS = 240
FIX = "Or let envcheck do it: "
WHY = "Why: "


@dataclass(frozen=True)
class Said:
    """What a line printed, and its exit code."""

    code: int
    out: str
    err: str

    def lines_to_paste(self) -> list[str]:
        """The commands of envcheck that the last lines of a report name."""
        text = " ".join(self.out.split())
        found = []
        for mark in (FIX, WHY):
            _, there, rest = text.partition(mark)
            if there:
                found.append(rest.partition(WHY)[0].strip())
        return found


@dataclass
class Newcomer:
    """`path` is what they have on PATH before the system's own folders. Their index has everything; one that is
    `beside` has envcheck, and all else comes from the index of this machine.
    """

    root: Path
    index: str
    path: Sequence[Path] = ()
    variables: dict[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    beside: bool = False

    def __post_init__(self) -> None:
        for name in ("home", "work", "tmp"):
            (self.root / name).mkdir(parents=True, exist_ok=True)

    @property
    def work(self) -> Path:
        return self.root / "work"

    def environ(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return {
            **kept,
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "PATH": os.pathsep.join([*map(str, self.path), "/usr/bin", "/bin"]),
            "USER": "zoe",
            "COLUMNS": "400",
            # Whoever starts it first compiles what it needs. PIP_NO_COMPILE=1 would be read as `compile = 1`.
            "PIP_COMPILE": "0",
            "PIP_EXTRA_INDEX_URL": self.index,
            "UV_INDEX": self.index,
            **(
                {} if self.beside else {"PIP_INDEX_URL": self.index, "UV_DEFAULT_INDEX": self.index}
            ),
            **self.variables,
        }

    def types(self, line: str) -> Said:
        """A line, pasted into a shell in the work folder."""
        done = subprocess.run(
            [*self.before, "sh", "-c", line],
            env=self.environ(),
            cwd=self.work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=within(SECONDS),
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)


def quoted(*words: object) -> str:
    return shlex.join(map(str, words))
