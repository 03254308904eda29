"""The steps of a fix, carried out by a program that knows nothing but the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.stories.machine import SYSTEM_PATH, Machine


def carried_out(machine: Machine, steps: Iterable[Mapping[str, Any]]) -> None:
    """In order; the first that fails ends it."""
    for step in steps:
        _step(machine, step)


def _step(machine: Machine, step: Mapping[str, Any]) -> None:
    match step["do"]:
        case "run":
            done = machine.run(argv=[_whole(machine, word) for word in step["argv"]], timeout=400)
            assert done.returncode == 0, (
                f"{step['argv']}: {done.stdout[-1000:]}{done.stderr[-2000:]}"
            )
        case "rename":
            source, to = Path(_whole(machine, step["from"])), Path(_whole(machine, step["to"]))
            assert not to.exists(), to
            source.rename(to)
        case "write":
            machine.write(_whole(machine, step["path"]), step["text"])
        case "unset-env":
            machine.variables[step["name"]] = "(unset)"
        case "set-env":
            machine.variables[step["name"]] = step["value"]
        case "use-python":
            machine.python = Path(_whole(machine, step["python"]))
            machine.variables["PATH"] = f"{machine.python.parent}:{SYSTEM_PATH}"
        case other:
            raise AssertionError(f"no program can do this: {other}")


def _whole(machine: Machine, word: str) -> str:
    return str(machine.home) + word[1:] if word == "~" or word.startswith("~/") else word
