"""A fresh learner's machine for each story of a track."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.recipes import python_of
from tests.stories.machine import SYSTEM_PATH, clone, pointed
from tests.stories.marked import VARIABLE
from tests.stories.mounted import overlay
from tests.stories.tracks.binaries import kubernetes
from tests.stories.tracks.environments import RECIPES
from tests.stories.tracks.learner import Learner
from tests.stories.tracks.listening import Listening

MakeLearner = Callable[..., Learner]


@pytest.fixture
def make_learner(
    mounts_overlays: bool, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeLearner]:
    """`make_learner("data")` has the kept environment itself, which no run changes; `own=True`
    gives one to break: mounted over that, or a clone where the tests may not mount.
    """
    made: list[Learner] = []
    mounts = ExitStack()

    def own_one(kept: Path, place: Path) -> Path:
        if not mounts_overlays:
            return clone(kept, place)
        place.mkdir()
        mounts.enter_context(overlay(kept, place, tmp_path_factory.mktemp("changes")))
        return pointed(kept, place)

    def make(environment: str, *, own: bool = False) -> Learner:
        root = tmp_path / f"m{len(made)}"
        (root / "home").mkdir(parents=True)
        (root / "work").mkdir()
        kept = python_of(RECIPES[environment])
        python = own_one(kept.parent.parent, root / "venv") if own else kept
        learner = Learner(root, python, name_python=True)
        learner.variables[VARIABLE] = learner.mark
        made.append(learner)
        return learner

    yield make
    left = [one for learner in made for one in learner.left_running()]
    mounts.close()
    assert not left, left
    assert not ended_in_the_terminal_of_the_fix(made)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Learner]:
    """A learner with the clients of clusters and containers, whose home is empty."""
    for name in ("home", "work", "bin"):
        (tmp_path / name).mkdir()
    one = Learner(tmp_path, Path(sys.executable))
    docker = shutil.which("docker")
    beside = [str(Path(docker).parent)] if docker else []
    one.variables["PATH"] = os.pathsep.join(
        [str(tmp_path / "bin"), str(kubernetes()), *beside, SYSTEM_PATH]
    )
    one.variables[VARIABLE] = one.mark
    yield one
    assert not one.left_running()
    assert not ended_in_the_terminal_of_the_fix([one])


def ended_in_the_terminal_of_the_fix(learners: list[Learner]) -> list[Path]:
    """Whose fix was never looked at from a new one."""
    return [one.root for one in learners if one.was_mended and not one.seen_anew]


@pytest.fixture
def listening(tmp_path: Path) -> Listening:
    """`learner.wrap = listening.before_a_command`: what the command and all that it starts listen on."""
    if sys.platform != "linux":
        pytest.skip("only on Linux: strace")
    return Listening(tmp_path / "listening.txt")
