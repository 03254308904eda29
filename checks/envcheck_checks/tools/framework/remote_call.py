"""A function whose source travels to the target and is carried out there, in a throw-away folder
and home.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from envcheck import Environment
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of

Function = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True)
class Work:
    """How it ended. `values` is what the function returned; `error` is the class of what it raised
    instead, `missing` the module that was not found, `files` the frames of the failure, innermost
    last; `tries` is how often it was tried, `signals` ended those that a signal ended; `cut_short`
    when the whole run's limit ended it before its own.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    message: str = ""
    missing: str = ""
    files: tuple[str, ...] = ()
    tries: int = 1
    signals: tuple[int, ...] = ()
    finished: Finished = field(default_factory=lambda: Finished((), Ending.EXITED, 0, "", "", 0.0))
    cut_short: bool = False

    @property
    def signal(self) -> int | None:
        """The signal that ended it, also when that was after its work (POSIX)."""
        code = self.finished.code or 0
        return -code if code < 0 and self.finished.ending is Ending.EXITED else None


SAID: Mapping[str, Any] = {"values?": {}, "files?": [str], **dict.fromkeys(("error?", "message?", "missing?"), str)}  # fmt: skip


def carry_out(
    env: Environment,
    function: Function,
    folder: Path,
    *,
    timeout: float,
    variables: Mapping[str, str | None] | None = None,
) -> Work:
    """Call `function(folder)` in the target, as the main program. It is sent as text: it imports
    what it uses itself, uses nothing of its own module, and returns what JSON can carry. Its syntax
    must be that of the oldest Python that the tool has.
    """
    text = textwrap.dedent(inspect.getsource(function))
    source = f"{source_of('envcheck_checks.in_target', 'work.py')}{text}\n\nif __name__ == '__main__':\n    carry_out({function.__name__})\n"
    answer = ask(
        env, [interpreter(env).executable], source, str(folder), shape=SAID, timeout=timeout, cwd=folder,
        variables={**home_in(env, folder), **(variables or {})}, low_priority=True,
    )  # fmt: skip
    reply = answer.first
    return Work(
        values=reply.get("values") or {},
        error=reply.get("error") or "",
        message=reply.get("message") or "",
        missing=reply.get("missing") or "",
        files=tuple(reply.get("files") or ()),
        finished=answer.finished,
        cut_short=answer.finished.late and answer.finished.seconds < timeout - 0.5,
    )


def home_in(env: Environment, folder: Path) -> Mapping[str, str | None]:
    """A throw-away home: tools write settings, caches and identities into the first home they see.

    The learner's own site-packages below their home stay where they are.
    """
    home = folder / "home"
    home.mkdir(exist_ok=True)
    names = (
        ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"] if sys.platform == "win32" else ["HOME"]
    )
    names += ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]
    base = interpreter(env).user_base
    return {**dict.fromkeys((*names, "TMPDIR", "TEMP", "TMP"), str(home)), "PYTHONUSERBASE": base}
