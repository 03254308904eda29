"""The step after which a terminal has an environment, by what made it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import file_at
from tests.unit.described_projects import FILES, made

from envcheck import Tell, UsePython
from envcheck.fixes.entering import enter


@pytest.mark.parametrize("program", sorted(FILES))
def test_by_its_script_or_by_its_manager(program: str, tmp_path: Path) -> None:
    """pixi's has no script, and conda need not be there: its shell is a person's to open."""
    env, python = made(program, tmp_path)
    place = Path(python.prefix)
    file_at(place / ("conda-meta/history" if program == "pixi" else "pyvenv.cfg"))
    fix = enter(env, place)
    [step] = fix.steps
    if program == "pixi":
        assert isinstance(step, Tell) and step.typed == "pixi shell"
    else:
        assert isinstance(step, UsePython) and step.kind == "venv"
    assert fix.automatic is (program != "pixi")
