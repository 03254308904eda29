"""A fresh machine for each story, over the one healthy environment of the test run, or a clone of it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests import wine
from tests.kept import for_this_run, kept
from tests.recipes import python_of
from tests.stories import stacks
from tests.stories.compiled import compile_wheels
from tests.stories.machine import (
    LINES_FOR_CMD,
    Machine,
    MakeMachine,
    clone,
    full_installation,
    pointed,
)
from tests.stories.mounted import absent, may_mount, overlay


@pytest.fixture(scope="session", autouse=True)
def cmd_reads_every_line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """At the end of the session each line for cmd of each report is read by Wine's, where there is
    one: at once, since each cmd takes seconds to start.
    """
    yield
    if LINES_FOR_CMD and shutil.which("wine"):
        with wine.running() as windows:
            wine.assert_read(windows, tmp_path_factory.mktemp("cmd"), LINES_FOR_CMD)


@pytest.fixture(scope="session")
def mounts_overlays(tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Whether the tests may mount."""
    return may_mount(tmp_path_factory.mktemp("mounting"))


@pytest.fixture(scope="session")
def layer(
    mounts_overlays: bool, healthy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """What a machine is mounted over: a folder with the healthy environment as `venv`. None where the
    tests may not mount.
    """
    if not mounts_overlays:
        return None
    whole = healthy.parent.parent

    def link(folder: Path) -> None:
        (folder / "machine").mkdir()
        subprocess.run(["cp", "-al", str(whole), str(folder / "machine" / "venv")], check=True)

    if os.environ.get("ENVCHECK_TEST_TARGET"):  # which may be another one the next time
        return for_this_run("layer", tmp_path_factory.getbasetemp(), link) / "machine"
    return kept(f"layer-{whole.name}", link) / "machine"


@pytest.fixture
def make_machine(
    healthy: Path,
    layer: Path | None,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[MakeMachine]:
    """A function that makes a machine: `kind` is venv (mounted, where the tests may, and the test is
    not marked `linked`), linked (a clone), installation (a whole Python), kept (the healthy
    environment itself, in which nothing is changed), or bare (given python).

    Where there is Node, JupyterLab asks it for a setting whenever it starts, half a second each time.
    Few learners have it: only a test that is marked `node` leaves it there.

    No story of a fix ends in the terminal of the fix: tests/stories/new_terminal.py.
    """
    made: list[Machine] = []
    mounts = ExitStack()
    below = None if request.node.get_closest_marker("linked") else layer
    if layer is not None and not request.node.get_closest_marker("node"):
        mounts.enter_context(absent("node"))

    def make(
        kind: str = "venv", folder: str = "m", python: Path | None = None, packages: bool = True
    ) -> Machine:
        root = tmp_path / folder
        root.mkdir()
        over = below if kind == "venv" else None
        if over is not None:
            mounts.enter_context(overlay(over, root, tmp_path_factory.mktemp("changes")))
        (root / "home").mkdir()
        (root / "work").mkdir()
        if over is not None:
            python = pointed(healthy.parent.parent, root / "venv")
        elif kind in ("venv", "linked"):
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
    mounts.close()
    for one in made:
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
    """A folder for `Machine.installs_from`: pip takes what lies there before the same version of the
    index.
    """
    frozen = subprocess.run(
        [str(healthy), "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    key = hashlib.sha256(" ".join(frozen).encode()).hexdigest()[:12]

    def download(folder: Path) -> None:
        words = ["-q", "download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
        subprocess.run(
            [str(healthy), "-m", "pip", *words, *frozen], check=True, capture_output=True
        )
        compile_wheels(healthy, folder)

    return kept(f"built-wheels-{key}", download)
