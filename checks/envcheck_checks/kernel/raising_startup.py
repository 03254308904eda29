"""Start-up files of IPython that raise, and let the kernel live: which of them, where, and what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envcheck import Diagnosis, Environment, fact, warn
from envcheck.fixes.advice import tell
from envcheck.processes.reason import reason
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.interference.ipython_for_all import every_file
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.kernel import not_loaded
from envcheck_checks.kernel.answers import Start
from envcheck_checks.kernel.codes import IPYTHON_STARTUP_RAISES
from envcheck_checks.kernel.ipython_config import syntax_error
from envcheck_checks.kernel.ipython_file import aside, learners_file

IN_STARTUP_FILES = "Unknown error in handling startup files"  # all that IPython 9 says of it
SAID = {"file": str, "line?": int, "error": str, "message": str}


@dataclass(frozen=True)
class Raised:
    """An exception that left a start-up file. `line` is the one in that file; 0: none is known."""

    file: Path
    line: int
    words: str

    def __str__(self) -> str:
        place = f"{self.file.name}, line {self.line}" if self.line else self.file.name
        return f"{place}: {self.words}"


def warnings(env: Environment, start: Start) -> list[Diagnosis]:
    """What fails as a kernel starts, and lets it live."""
    return [*_of_startup_files(env, start), *not_loaded.warnings(env, start)]


def _of_startup_files(env: Environment, start: Start) -> list[Diagnosis]:
    files = _startup_files(env)
    if not files or not _says_so(files, start):
        return []
    if raised := next(iter(raised_at_start(env)), None):
        return [_raises(env, raised.file, str(raised)[:300])]
    named = [file for file in files if str(file) in start.stderr] or [
        file for file in files if syntax_error(file)
    ][:1]
    if len(named or files) == 1:
        return [_raises(env, (named or files)[0], _output(start))]
    return [_one_of_several_raises(env, named or files, _output(start))]


@fact
def raised_at_start(env: Environment) -> tuple[Raised, ...]:
    """What leaves the start-up files when they are run once more, as a kernel runs them: the first
    is the one that counts, the others may follow from it.
    """
    files = _startup_files(env)
    answer = ask(
        env,
        [interpreter(env).executable],
        source_of("envcheck_checks.in_target", "ipython_startup.py"),
        *map(str, files),
        shape=SAID,
        timeout=20,
        cwd=env.folder,
        variables=private_folders(env).variables,
        low_priority=True,
    )
    return tuple(_raised(row) for row in answer.objects if Path(row["file"]) in files)


def _raised(row: Mapping[str, Any]) -> Raised:
    message = " ".join(row["message"].split())
    return Raised(
        Path(row["file"]), row.get("line") or 0, f"{row['error']}: {message}".rstrip(": ")
    )


def _says_so(files: Sequence[Path], start: Start) -> bool:
    named = any(str(file) in start.stderr for file in files)
    return IN_STARTUP_FILES in start.stderr or (named and "Traceback" in start.stderr)


def _startup_files(env: Environment) -> list[Path]:
    return [file for file in every_file(env) if file.parent.name == "startup"]


def _output(start: Start) -> str:
    """Of a header without its message nothing is learned."""
    words = reason(start.stderr)[:300]
    return "" if words.endswith(":") else words


def _raises(env: Environment, file: Path, what: str) -> Diagnosis:
    own = learners_file(env, file)
    return warn(
        IPYTHON_STARTUP_RAISES,
        f"the IPython startup file {own.name} raises an error each time a kernel starts",
        aside(env, own),
        found=what,
        looked_in=str(own),
    )


def _one_of_several_raises(env: Environment, files: Sequence[Path], output: str) -> Diagnosis:
    return warn(
        IPYTHON_STARTUP_RAISES,
        f"one of the IPython startup files {', '.join(file.name for file in files)} raises an error each time a kernel starts",
        tell(
            "find the file that raises",
            "Run each of these files with Python, and correct or move the one that shows an error.",
        ),
        found=output,
        looked_in=str(learners_file(env, files[0]).parent),
    )
