"""The step after which a terminal has an environment, by what made it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at
from tests.unit.described_projects import FILES, made

from envcheck import Tell, UsePython
from envcheck.fixes.entering import enter
from envcheck.target import projects, shells
from envcheck.target.shells import command


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


@pytest.mark.parametrize("shell", ["posix", "fish", "powershell", "cmd"])
def test_the_line_is_for_the_learners_shell(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes a path with a space and an apostrophe only in its own quotes."""
    env, python = made("pixi", tmp_path, has_program=False)
    file_at(Path(python.prefix, "conda-meta/history"))
    program = str(command_at(tmp_path / "home/.pixi/bin/pixi"))
    odd = program.replace("home", "Ada's home")
    monkeypatch.setattr(projects, "starter", lambda *_: odd)
    monkeypatch.setattr(shells, "learners", lambda _: shell)
    [step] = enter(env, Path(python.prefix)).steps
    assert isinstance(step, Tell) and step.typed == command((odd, "shell"), shell)
