"""Another project's environment is active in the folder of a course that has its own: the course's is
named, and nothing goes into the other, with `--fix --yes` neither.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.stories.machine import Machine, clone

pytestmark = [pytest.mark.slow, pytest.mark.whole]
QUICK = ("chapter2", "--quick", "--offline")


@pytest.mark.linked
@pytest.mark.parametrize(
    ("says_so", "name"), [(True, ".venv"), (True, "env"), (True, ".direnv/python-3"), (False, "")]
)
def test_the_courses_own_is_named(
    machine: Machine, healthy: Path, says_so: bool, name: str
) -> None:
    """Active by the variable, or by PATH alone; named by its place, or by uv's variable."""
    other, own = machine.root / "other", machine.root / "w" / ".venv"
    other.mkdir()
    (other / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", other / ".venv"], check=True)
    machine.variables["PATH"] = f"{other}/.venv/bin:/usr/bin:/bin"
    if says_so:
        own = machine.work / name
        own.parent.mkdir(exist_ok=True)
        machine.variables["VIRTUAL_ENV"] = str(other / ".venv")
    else:
        (machine.work / "uv.lock").touch()
        (machine.work / "pyproject.toml").write_text('[project]\nname = "own"\n', encoding="utf-8")
        machine.variables["UV_PROJECT_ENVIRONMENT"] = str(own)
        own.parent.mkdir()
    clone(healthy.parent.parent, own)
    before = sorted(other.rglob("site-packages/*"))
    done = machine.run(*QUICK, "--fix", "--yes")
    assert sorted(other.rglob("site-packages/*")) == before
    assert not list(machine.work.glob("envcheck-fix-*"))
    assert f"{own}/bin/activate" in done.stdout.replace("~", str(machine.home)), done.stdout
    assert str(other) not in done.stdout.partition("Next step")[2]
    assert done.returncode == (1 if says_so else 0), done.stdout
