"""pip says its version, and a part of it is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at

from envcheck import Rename, Severity
from envcheck.target.interpreter import Interpreter
from envcheck_checks.pip import half

FILES = ("pip/__init__.py", "pip/_vendor/requests/api.py")


def learner(tmp_path: Path, *there: str, packages: dict[str, str] = WHOLE) -> Interpreter:
    """pip's list of files, and those of them that are there."""
    python = python_at(tmp_path / "venv", {**packages, "pip": "24.0"})
    site = Path(python.paths["purelib"])
    for file in there:
        file_at(site / file, "answer = 1\n")
    row = python.installed["pip"]
    file_at(site / row.entry / "RECORD", "".join(f"{file},,11\n" for file in FILES))
    rows = (*(other for other in python.distributions if other.name != "pip"), row)
    return replace(python, distributions=tuple(replace(each, has_record=True) for each in rows))


@pytest.mark.parametrize(
    ("packages", "severity"),
    [(WHOLE, Severity.WARNING), ({"notebook": "7.4", "ipykernel": "6.29"}, Severity.ERROR)],
)
def test_a_part_is_gone(packages: dict[str, str], severity: Severity, tmp_path: Path) -> None:
    """It matters at once where something is missing."""
    python = learner(tmp_path, FILES[0], packages=packages)
    told = half.find_half_of_it(on("linux", tmp_path, python), STACK)
    assert told is not None
    assert (told.code, told.severity) == ("pip-broken", severity)
    assert told.evidence.found == f"{FILES[1]} is missing"
    assert isinstance(told.fixes[0].steps[0], Rename)


@pytest.mark.parametrize("kind", ["conda", "system", ""])
def test_whose_pip_is_looked_at(kind: str, tmp_path: Path) -> None:
    """Systems and conda leave out what they do not need; a whole one says nothing."""
    python = learner(tmp_path, *(FILES[:1] if kind else FILES))
    if kind == "conda":
        python = replace(python, kind="conda")
    elif kind:
        python = replace(python, kind=kind, base_prefix=python.prefix)
    assert half.find_half_of_it(on("linux", tmp_path, python), STACK) is None
