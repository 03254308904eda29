"""The commands of a class with a server as they are typed, and its server as it is started."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

COMMAND = (sys.executable, "-m", "envcheck", "class")


@dataclass(frozen=True)
class Codes:
    """What `class open` prints, this once."""

    learner: str
    instructor: str
    helper: str


def typed(*words: str | Path, code: int = 0) -> str:
    """What a command prints; it ends with this exit code."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def opened(data: Path, *words: str) -> Codes:
    """A class called monday, kept in this folder."""
    return opened_in("--data", data, *words)


def opened_in(*words: str | Path) -> Codes:
    """The same, kept where the words say."""
    told = typed("open", "monday", "--chapter", "chapter2", *words)
    [learner] = re.findall(r"--join http\S+/(\w+)\n", told)
    instructor, helper = re.findall(r"with   ([\w-]+)\n", told)
    return Codes(learner, instructor, helper)


@contextlib.contextmanager
def served(
    *words: str | Path, before: Sequence[str] = ()
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server as it is started, and its address. `before` leads into a network of its own."""
    with subprocess.Popen(
        [*before, *COMMAND, "serve", "--port", "0", *map(str, words)],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert " at " in line, line + process.stderr.read()
            yield process, line.split(" at ")[1].split(" ")[0]
        finally:
            process.kill()
