"""Facts: the stack's modules imported one after the other in a process of their own, in the
learner's folder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from envcheck import Environment
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.interference import trials
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.trials import Removed
from envcheck_checks.stack import Stack


@dataclass(frozen=True)
class Import:
    """How one import went. `error` is empty when it worked; `files` are the frames of the failure,
    innermost last.
    """

    module: str
    file: str = ""
    version: str = ""
    error: str = ""
    message: str = ""
    missing: str = ""
    files: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Imports:
    """All imports of one process. `hiding` are modules that came from the learner's folder, as
    (name, file); `died_in` is the module that was being imported when the process ended; `empty`
    are files of modules with nothing in them.
    """

    modules: tuple[Import, ...]
    hiding: tuple[tuple[str, str], ...]
    died_in: str
    finished: Finished
    empty: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Import, ...]:
        """The modules that could not be imported."""
        return tuple(module for module in self.modules if module.error)


# A row for each module, as it begins and as it ended, and at the end what was seen of files
SAID = {
    "module?": str, "begun?": bool, "file?": str, "version?": str, "path?": [str], "error?": str,
    "message?": str, "missing?": str, "files?": [str], "seconds?": float,
    "hiding?": [(str, str)], "empty?": [str],
}  # fmt: skip


def imports(env: Environment, stack: Stack) -> Imports:
    """The imports of the stack's modules; done once a run for each stack."""
    return env.look_up(f"imports of {stack.packages}", lambda env: import_all(env, stack))


def import_all(env: Environment, stack: Stack, changes: Sequence[Removed] = ()) -> Imports:
    """What importing every module gives with some of the learner's settings taken away."""
    names = [package.imported for package in stack.packages]
    source = source_of("envcheck_checks.in_target", "imports.py")
    answer = ask(
        env,
        [interpreter(env).executable],
        source,
        *names,
        shape=SAID,
        timeout=50,
        cwd=trials.folder_of(env, changes),
        variables={**private_folders(env).variables, **trials.variables_of(changes)},
        low_priority=True,
    )
    rows = [row for row in answer.objects if not row.get("begun")]
    ended = {row["module"]: row for row in rows if row.get("module")}
    died = [name for name in names if name not in ended]
    last = answer.objects[-1] if answer.objects else {}
    died_in = died[0] if died else "" if "hiding" in last else names[0]
    hiding = tuple((name, file) for name, file in last.get("hiding") or ())
    done = [_imported(ended[name]) for name in names if name in ended]
    return Imports(tuple(done), hiding, died_in, answer.finished, tuple(last.get("empty") or ()))


def _imported(row: Mapping[str, Any]) -> Import:
    return Import(
        module=row["module"],
        file=row.get("file") or next(iter(row.get("path") or ()), ""),
        version=row.get("version") or "",
        error=row.get("error") or "",
        message=row.get("message") or "",
        missing=row.get("missing") or "",
        files=tuple(row.get("files") or ()),
        seconds=row.get("seconds") or 0.0,
    )
