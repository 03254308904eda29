"""Every line of a report, in each shell, says what its step is: it is read back."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from tests.windows_shells import read_by_cmd, read_by_powershell, words_of

from envcheck import Code
from envcheck.model import Diagnosis, Rename, Run, SetEnv, Step, UnsetEnv, UsePython
from envcheck.printable import UNSEEN
from envcheck.target.shells import SHELLS, script

HOME = "~"  # where the home stands in a report
WINDOWS = ("powershell", "cmd")


def assert_read_back(report: Mapping[str, Any]) -> None:
    """The lines of each fix: none is missing, none is another, and no shell takes one for another.
    POSIX shells and fish are started by other tests; here their words are those of `shlex`.
    """
    for diagnosis in report.get("diagnoses", ()):  # a list of courses has none
        for fix in diagnosis["fixes"]:
            steps = [step for row in fix["steps"] if (step := step_of(row)) is not None]
            for shell, text in fix["shell"].items():
                assert text == script(steps, shell), (shell, text, fix["steps"])
                for step in steps:
                    _assert_step(step, shell)


def assert_made_readable(made: Iterable[Diagnosis]) -> None:
    """The same of diagnoses that a test has made with a declared code, on whatever machine it
    described.
    """
    declared = [one for one in made if isinstance(one.code, Code)]
    for step in {step for one in declared for fix in one.fixes for step in fix.steps}:
        for shell in SHELLS:
            _assert_step(step, shell)


def lines_for_cmd(report: Mapping[str, Any]) -> set[str]:
    """The lines for cmd of all fixes, without those that hold what is not seen."""
    fixes = [fix for diagnosis in report.get("diagnoses", ()) for fix in diagnosis["fixes"]]
    lines = {line for fix in fixes for line in fix["shell"]["cmd"].splitlines()}
    return {line for line in lines if line and not UNSEEN.search(line)}


def step_of(row: Mapping[str, Any]) -> Step | None:
    """The step that a report has; None for one that no line says."""
    match row["do"]:
        case "run":
            return Run(tuple(row["argv"]))
        case "rename":
            return Rename(row["from"], row["to"])
        case "set-env":
            return SetEnv(row["name"], row["value"])
        case "unset-env":
            return UnsetEnv(row["name"])
        case "use-python":
            return UsePython(
                row["python"], row.get("kind", ""), row.get("conda", ""), row.get("stacked", False)
            )
        case _:
            return None


def _assert_step(step: Step, shell: str) -> None:
    line = script((step,), shell)
    if UNSEEN.search(repr(step)) or not line:
        return
    match step:
        case Run():
            assert read(line, shell) == [*step.argv], line
        case Rename():
            start = {"powershell": ["Move-Item", "-LiteralPath"], "cmd": ["move"]}
            words = [word for word in read(line, shell) if word != "-Destination"]
            assert words == [*start.get(shell, ["mv"]), step.source, step.to], line
        case UnsetEnv():
            assert re.search(rf"\b{step.name}=?$", line), line
        case SetEnv():
            assert _value_set(line, step.name, shell) == step.value, line
        case _:
            parts = re.split(r"; (?:and )?| \| |\n", line)
            assert all(read(part, shell) for part in parts), line


def _value_set(line: str, name: str, shell: str) -> str:
    if shell == "powershell":
        (value,) = read_by_powershell(line.removeprefix(f"$Env:{name} = "), HOME)
        return value
    if shell == "cmd":
        return read_by_cmd(line, HOME).removeprefix("set ").strip('"').removeprefix(f"{name}=")
    words = shlex.split(line)
    return words[-1] if shell == "fish" else words[-1].removeprefix(f"{name}=")


def read(line: str, shell: str) -> list[str]:
    """The words that this shell hands on."""
    if shell == "powershell":
        return read_by_powershell(line.removeprefix("& "), HOME)
    if shell == "fish":  # which doubles a backslash between quotes, too
        return shlex.split(line.replace("\\\\", "\\"))
    return words_of(read_by_cmd(line, HOME)) if shell == "cmd" else shlex.split(line)
