"""pip is whole and does not run: a file that Python runs as it starts ends it, or changes what it
stands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed.whole import differing
from envcheck_checks.python import start_files

VERSION = ("pip", "--version")


def find_start_file(env: Environment, failure: Failure) -> Diagnosis | None:
    """The start-up file without which pip says its version."""
    if failure.hung or (failure.retry is not None and failure.retry.late):
        return None
    executable = interpreter(env).executable

    def works(left_out: Sequence[str]) -> bool:
        return env.run(start_files.without_files(executable, left_out, VERSION), timeout=30).ok

    return start_files.keeps_from_working(env, works, failure.what, failure.output)


def is_its_own(env: Environment, ran: Finished) -> bool:
    """Whether something shows that pip's own files are at fault: they are not those that were
    installed, or the error was raised in one of them. A pip that was too slow shows nothing.
    """
    if ran.late:
        return False
    folder = Path(interpreter(env).paths.get("purelib", ""), "pip")
    return bool(differing(env, ["pip"])) or str(folder) in ran.stderr
