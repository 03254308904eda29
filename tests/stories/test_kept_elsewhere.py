"""A complete environment that the project's manager keeps apart from it is named, and no second one is
made, with `--fix --yes` neither.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.machine import Machine, clone

pytestmark = [pytest.mark.slow, pytest.mark.whole]
QUICK = ("chapter2", "--quick", "--offline")


def pdms(machine: Machine, healthy: Path) -> tuple[str, Path]:
    own = machine.root / "far" / "work-AbCd-3"
    clone(healthy, own)
    machine.write("work/pdm.lock", "")
    machine.write("work/.pdm-python", f"{own}/bin/python")
    machine.write("work/pyproject.toml", '[project]\nname = "w"\nversion = "0"\n[tool.pdm]\n')
    return "work-AbCd-3/bin/activate", own / "bin" / "python"


def pixis(machine: Machine, healthy: Path) -> tuple[str, Path]:
    own = machine.work / ".pixi" / "envs" / "default"
    clone(healthy, own)
    (own / "pyvenv.cfg").unlink()
    machine.write("work/.pixi/envs/default/conda-meta/history", "")
    machine.write("work/pixi.toml", '[workspace]\nname = "w"\n')
    # A stand-in: its shell has the environment's programs first.
    words = f'#!/bin/sh\n[ "$*" = shell ] && PATH="{own}/bin:$PATH" sh -c "command -v python"\n'
    machine.write("home/.pixi/bin/pixi", words, mode=0o755)
    return "pixi shell", own / "bin" / "python"


@pytest.mark.linked
@pytest.mark.parametrize("make", [pdms, pixis])
def test_the_managers_own_is_named(
    machine: Machine, healthy: Path, make: Callable[[Machine, Path], tuple[str, Path]]
) -> None:
    line, answer = make(machine, healthy.parent.parent)
    machine.variables["PATH"] = "/usr/bin:/bin"
    seen = machine.run(*QUICK)
    assert line in seen.stdout, seen.stdout
    assert "own-environment-not-active" in seen.stdout, seen.stdout
    printed = next(row.strip() for row in seen.stdout.splitlines() if row.strip().endswith(line))
    typed = machine.run(argv=["sh", "-c", f"{printed} && command -v python; true"])
    assert str(answer) in typed.stdout.split(), f"{printed}: {typed.stdout}{typed.stderr}"
    done = machine.run(*QUICK, "--fix", "--yes")
    assert line in done.stdout, done.stdout + done.stderr
    assert not (machine.work / ".venv").exists(), done.stdout
    assert "-m venv" not in done.stdout, done.stdout
