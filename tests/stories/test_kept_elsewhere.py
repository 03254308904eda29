"""A complete environment that the project's manager keeps apart from it is named, and no second one is
made, with `--fix --yes` neither.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.machine import Machine, clone

pytestmark = [pytest.mark.slow, pytest.mark.whole]
QUICK = ("chapter2", "--quick", "--offline")


def pdms(machine: Machine, healthy: Path) -> str:
    own = machine.root / "far" / "work-AbCd-3"
    clone(healthy, own)
    machine.write("work/pdm.lock", "")
    machine.write("work/.pdm-python", f"{own}/bin/python")
    machine.write("work/pyproject.toml", '[project]\nname = "w"\nversion = "0"\n[tool.pdm]\n')
    return f"{own}/bin/activate"


def pixis(machine: Machine, healthy: Path) -> str:
    own = machine.work / ".pixi" / "envs" / "default"
    clone(healthy, own)
    (own / "pyvenv.cfg").unlink()
    machine.write("work/.pixi/envs/default/conda-meta/history", "")
    machine.write("work/pixi.toml", '[workspace]\nname = "w"\n')
    machine.write("home/.pixi/bin/pixi", "#!/bin/sh\n", mode=0o755)
    return "pixi shell"


@pytest.mark.linked
@pytest.mark.parametrize("make", [pdms, pixis])
def test_the_managers_own_is_named(machine: Machine, healthy: Path, make: object) -> None:
    assert callable(make)
    line = make(machine, healthy.parent.parent)
    machine.variables["PATH"] = "/usr/bin:/bin"
    seen = machine.run(*QUICK)
    assert line in seen.stdout.replace("~", str(machine.home)), seen.stdout
    assert "own-environment-not-active" in seen.stdout, seen.stdout
    done = machine.run(*QUICK, "--fix", "--yes")
    assert not (machine.work / ".venv").exists(), done.stdout
    assert "-m venv" not in done.stdout, done.stdout
