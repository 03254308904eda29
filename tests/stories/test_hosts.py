"""envcheck itself runs in every Python that it says it runs in, and on hosts of every shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.recipes import Recipe, python_of
from tests.stories import stacks
from tests.stories.machine import Machine

pytestmark = [pytest.mark.slow, pytest.mark.whole]
ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("3.10", "3.12", "3.13")


def launcher_of(version: str) -> str:
    """The command of an envcheck that this Python hosts."""
    known = stacks.interpreters()
    if version not in known:
        pytest.skip(f"only on machines with Python {version} (pyenv)")
    recipe = Recipe(f"host-{version}", ("-e", str(ROOT)), known[version], "uv")
    return str(python_of(recipe).parent / "envcheck")


@pytest.mark.parametrize("version", HOSTS)
def test_every_host(version: str, machine: Machine) -> None:
    """A healthy machine is ready, and nothing stands on stderr, whichever Python hosts envcheck."""
    command = launcher_of(version)
    seen = machine.check("--offline", launcher=[command])
    assert (seen.code, seen.report["diagnoses"]) == (0, [])
    done = machine.run("chapter2", "--only", "kernel-starts", launcher=[command])
    assert (done.returncode, done.stderr) == (0, "")
