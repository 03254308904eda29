"""A fresh machine for each story, cloned from the one healthy environment of the test run."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests import wine
from tests.kept import kept
from tests.recipes import python_of
from tests.stories import stacks
from tests.stories.machine import LINES_FOR_CMD, Machine, MakeMachine, clone, full_installation


@pytest.fixture(scope="session", autouse=True)
def cmd_reads_every_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """At the end of the session each line for cmd of each report is read by Wine's, where there is
    one: at once, since each cmd takes seconds to start.
    """
    yield
    if LINES_FOR_CMD and shutil.which("wine"):
        wine.assert_read(wine.made(), tmp_path_factory.mktemp("cmd"), LINES_FOR_CMD)


@pytest.fixture
def make_machine(healthy: Path, tmp_path: Path) -> Iterator[MakeMachine]:
    """A function that makes a machine: `kind` is venv (a clone), installation (a whole Python), kept
    (the healthy environment itself, in which nothing is changed), or bare (given python).

    No story of a fix ends in the terminal of the fix: tests/stories/new_terminal.py.
    """
    made: list[Machine] = []

    def make(
        kind: str = "venv", folder: str = "m", python: Path | None = None, packages: bool = True
    ) -> Machine:
        root = tmp_path / folder
        (root / "home").mkdir(parents=True)
        (root / "work").mkdir()
        if kind == "venv":
            python = clone(healthy.parent.parent, root / "venv")
        elif kind == "installation":
            python = full_installation(healthy.parent.parent, root / "python", packages=packages)
        elif kind == "kept":
            python = healthy
        assert python is not None
        made.append(Machine(root, python))
        return made[-1]

    yield make
    for one in made:
        one.closing.close()
        _remove(one.root)
    assert not [one for one in made if one.was_mended and not one.seen_anew], "no new terminal"


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


@pytest.fixture(scope="session")
def wheels(healthy: Path) -> Path:
    """A folder for PIP_FIND_LINKS: pip prefers what lies there to the same version of the index."""
    frozen = subprocess.run(
        [str(healthy), "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    key = hashlib.sha256(" ".join(frozen).encode()).hexdigest()[:12]

    def download(folder: Path) -> None:
        words = ["-q", "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
        subprocess.run(
            [str(healthy), "-m", "pip", *words, *frozen], check=True, capture_output=True
        )

    return kept(f"wheels-{key}", download)
