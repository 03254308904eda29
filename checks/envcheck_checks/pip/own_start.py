"""How pip is tried again where it did not run: without a setting, without a file that Python runs
as it starts; and whether it is pip itself that is at fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.installed.whole import differing
from envcheck_checks.interference.trials import Removed, told_by, variables_of
from envcheck_checks.pip.version import said_by
from envcheck_checks.python import start_files

VERSION = ("pip", "--version")


def retry(env: Environment, *, late: bool) -> Retry:
    """How pip is tried again; `late` says that the first was waited for in vain."""
    command = [interpreter(env).executable, "-m", *VERSION]

    def works(removed: Sequence[Removed]) -> bool | None:
        ran = env.run(command, timeout=30, variables=variables_of(removed))
        return told_by(ran, works=bool(said_by(ran)))

    return Retry(works, late=late)


def find_start_file(env: Environment, failure: Failure) -> Diagnosis | None:
    """The start-up file without which pip says its version."""
    if failure.hung or (failure.retry is not None and failure.retry.late):
        return None
    executable = interpreter(env).executable

    def works(left_out: Sequence[str]) -> bool | None:
        command = start_files.without_files((executable,), left_out, VERSION)
        ran = env.run(command, timeout=30)
        return told_by(ran, works=bool(said_by(ran)))

    return start_files.keeps_from_working(env, works, failure.what, failure.output)


def is_its_own(env: Environment, ran: Finished) -> bool:
    """Whether something shows that pip's own files are at fault: they are not those that were
    installed, or the error was raised in one of them. A pip that was too slow shows nothing.
    """
    if ran.late:
        return False
    folder = Path(interpreter(env).paths.get("purelib", ""), "pip")
    return bool(differing(env, ["pip"])) or str(folder) in ran.stderr
