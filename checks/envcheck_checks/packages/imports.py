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
        return tuple(module for module in self.modules if module.error)


def imports(env: Environment, stack: Stack) -> Imports:
    """The imports of the stack's modules; done once a run for each stack."""
    return env.look_up(f"imports of {stack.packages}", lambda env: import_all(env, stack))


def import_all(env: Environment, stack: Stack, changes: Sequence[Removed] = ()) -> Imports:
    """The same, with some of the learner's settings taken away."""
    names = [package.imported for package in stack.packages]
    source = source_of("envcheck_checks.in_target", "imports.py")
    answer = ask(
        env,
        [interpreter(env).executable],
        source,
        *names,
        timeout=50,
        cwd=trials.folder_of(env, changes),
        variables={**private_folders(env).variables, **trials.variables_of(changes)},
        low_priority=True,
    )
    done = [row for row in answer.objects if "module" in row and not row.get("begun")]
    begun = [row["module"] for row in answer.objects if row.get("begun")]
    died = [name for name in begun if name not in {row["module"] for row in done}]
    last = answer.objects[-1] if answer.objects else {}
    died_in = died[0] if died else "" if "hiding" in last else names[0]
    hiding = tuple((name, file) for name, file in last.get("hiding", ()))
    return Imports(
        tuple(map(_imported, done)), hiding, died_in, answer.finished, tuple(last.get("empty", ()))
    )


def _imported(row: Mapping[str, Any]) -> Import:
    return Import(
        module=row["module"],
        file=row.get("file") or next(iter(row.get("path") or ()), ""),
        version=row.get("version", ""),
        error=row.get("error", ""),
        message=row.get("message", ""),
        missing=row.get("missing") or "",
        files=tuple(row.get("files", ())),
        seconds=row["seconds"],
    )
