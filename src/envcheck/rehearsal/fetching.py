"""Pythons that uv may fetch for a rehearsal, into its throw-away folder: where the network and the
author's own settings of uv allow it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file
from envcheck.processes.process import Finished, Processes
from envcheck.rehearsal import learner
from envcheck.rehearsal.way import program
from envcheck.shape import read_value

LISTING = 30  # seconds for uv to say what there is, which it knows without the network
LONGEST = 300  # characters of what uv said


@dataclass(frozen=True)
class Fetcher:
    """uv, and where it puts what it fetches; `course` is the folder whose settings it reads. `timeout`
    is in seconds, for each.
    """

    program: str
    folder: Path
    course: Path
    variables: Mapping[str, str]
    processes: Processes
    timeout: float
    say: Callable[[str], object]

    def minors(self) -> tuple[int, ...]:
        """The versions 3.x that uv could fetch, the oldest first; none where its settings forbid it."""
        finished = self._run("python", "list", "--only-downloads", "--output-format", "json")
        rows = read_value(finished.stdout) if finished.ok else None
        each = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return tuple(sorted({minor for row in each if (minor := _minor(row))}))

    def fetch(self, minor: int) -> Path | str:
        """The Python 3.`minor` when uv has fetched it; else what uv said.

        It is asked for an environment, for it fetches one for that alone where it may do so of itself.
        """
        self.say(f"Python 3.{minor}: uv fetches it")
        place = self.folder / f"fetched-3.{minor}"
        finished = self._run("venv", "--no-project", "--python", f"3.{minor}", str(place))
        if not finished.ok:
            return _reason(finished)
        home = _home(place)
        names = (f"python3.{minor}", "python.exe") if home else ()
        there = (home / name for name in names if home and os.path.exists(home / name))
        return next(there, _reason(finished))

    def _run(self, *words: str) -> Finished:
        variables = {
            **self.variables,
            "UV_PYTHON_INSTALL_DIR": str(self.folder / "pythons"),
            "UV_PYTHON_INSTALL_BIN": "0",
            "UV_HTTP_RETRIES": self.variables.get("UV_HTTP_RETRIES", "1"),
        }
        timeout = LISTING if words[0] == "python" else self.timeout
        argv = [self.program, *words]
        return self.processes.run(argv, env=variables, cwd=self.course, timeout=timeout)


def fetcher(
    folders: tuple[Path, Path],
    variables: Mapping[str, str],
    processes: Processes,
    timeout: float,
    say: Callable[[str], object],
) -> Fetcher | None:
    """None where there is no uv. `folders` are the throw-away one and the course's."""
    uv = program(variables.get("PATH", ""), "uv")
    if not uv:
        return None
    own = learner.installing(variables, folders[0])
    return Fetcher(uv, *folders, own, processes, timeout, say)


def _minor(row: Mapping[str, object]) -> int:
    """Of a release of CPython as everybody has it; 0 for anything else."""
    parts = str(row.get("version", "")).split(".")
    usual = row.get("implementation") == "cpython" and row.get("variant") in (None, "default")
    whole = len(parts) == 3 and all(part.isdecimal() for part in parts) and parts[0] == "3"
    return int(parts[1]) if usual and whole else 0


def _reason(finished: Finished) -> str:
    """What uv said first: the cause of the cause comes after it."""
    lines = [line.strip() for line in finished.stderr.splitlines() if line.strip()]
    hints = [line for line in lines if line.startswith(("hint:", "error:"))]
    reason = hints[-1].partition(":")[2].strip() if hints else finished.last_words
    return reason[:LONGEST]


def _home(place: Path) -> Path | None:
    """The folder of the Python that made an environment."""
    text = foreign_file.text_or_nothing(place / "pyvenv.cfg")
    rows = (line.partition("=") for line in text.splitlines())
    home = next((value.strip() for key, _, value in rows if key.strip() == "home"), "")
    return Path(os.path.realpath(home)) if home else None
