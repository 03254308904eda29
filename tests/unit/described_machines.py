"""Machines of other systems as values: what a learner's Windows, Mac or WSL says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from envcheck import Diagnosis, Environment, fact
from envcheck.environment import Located
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck.testing import described, interpreter
from envcheck_checks.machine.system import System, Value, system
from envcheck_checks.stack import Package, Stack

STACK = Stack((Package("numpy>=1.17"), Package("pandas>=1.0")))
WHOLE = {
    "notebook": "7.2.0",
    "ipykernel": "6.29.0",
    "numpy": "2.0.0",
    "pandas": "2.2.0",
    "tornado": "6.4",
}


def on(
    name: str,
    folder: Path,
    python: Interpreter | None = None,
    *,
    registry: Mapping[Value, str] | None = None,
    facts: Mapping[fact[Any], object] | None = None,
    located: Located | None = None,
    **variables: str,
) -> Environment:
    """A learner on the system `name`, whose home, work folder and root are below `folder`."""
    home, work, scratch = folder / "home", folder / "work", folder / "scratch"
    for place in (home, work, scratch):
        place.mkdir(exist_ok=True)
    return described(
        python=python or interpreter(packages=WHOLE),
        variables={
            "HOME": str(home),
            "USERPROFILE": str(home),
            "PATH": str(folder / "bin"),
            **variables,
        },
        facts={system: System(name, registry or {}, folder), **(facts or {})},
        folder=work,
        scratch=scratch,
        located=located,
    )


def python_at(
    prefix: Path, packages: Mapping[str, str] = WHOLE, version: str = "3.12.4", kind: str = "venv"
) -> Interpreter:
    """A Python whose packages folder is really there, below `prefix`."""
    site = prefix / "site"
    site.mkdir(parents=True, exist_ok=True)
    rows = tuple(
        Distribution(name, number, str(site), f"{name}-{number}.dist-info")
        for name, number in packages.items()
    )
    made = interpreter(version, kind=kind, prefix=str(prefix))
    return replace(
        made, distributions=rows, paths={"purelib": str(site), "scripts": str(prefix / "Scripts")}
    )


def file_at(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def command_at(path: Path) -> Path:
    file_at(path, "#!/bin/sh\n").chmod(0o755)
    return path


def said(stdout: str = "", stderr: str = "", code: int = 0) -> Finished:
    return Finished(("described",), Ending.EXITED, code, stdout, stderr, 0.1)


def diagnosed(outcome: object) -> Diagnosis:
    """The diagnosis that a check gave, and not that it could not tell."""
    assert isinstance(outcome, Diagnosis), outcome
    return outcome
