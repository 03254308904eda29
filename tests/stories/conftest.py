"""A fresh machine for each story, cloned from the one healthy environment of the test run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.recipes import python_of
from tests.stories import stacks
from tests.stories.machine import Machine, MakeMachine, clone, full_installation


@pytest.fixture
def make_machine(healthy: Path, tmp_path: Path) -> Iterator[MakeMachine]:
    """A function that makes a machine: `kind` is venv (a clone), installation (a whole Python), or
    bare (given python).
    """
    made: list[Path] = []

    def make(
        kind: str = "venv", folder: str = "m", python: Path | None = None, packages: bool = True
    ) -> Machine:
        root = tmp_path / folder
        (root / "home").mkdir(parents=True)
        (root / "work").mkdir()
        made.append(root)
        if kind == "venv":
            python = clone(healthy.parent.parent, root / "venv")
        elif kind == "installation":
            python = full_installation(healthy.parent.parent, root / "python", packages=packages)
        assert python is not None
        return Machine(root, python)

    yield make
    for root in made:
        _remove(root)


def _remove(root: Path) -> None:
    """Tens of thousands of links: `rm` takes a third of the time that shutil.rmtree does."""
    subprocess.run(["rm", "-rf", str(root)], capture_output=True, check=False)
    if root.exists():  # folders that their owner may not write to
        for folder, _, _ in os.walk(root):
            Path(folder).chmod(0o700)
        subprocess.run(["rm", "-rf", str(root)], capture_output=True, check=False)


@pytest.fixture
def machine(make_machine: MakeMachine) -> Machine:
    """A healthy learner's machine with an active virtual environment."""
    return make_machine()


@pytest.fixture(scope="session")
def stack() -> Callable[[str], Path]:
    """The python of a real environment by the name of its stack; made once and kept for
    later runs.
    """
    return lambda name: python_of(stacks.recipes()[name])
