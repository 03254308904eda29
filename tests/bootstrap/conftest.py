"""Learners with a checkout in a folder that has spaces and accents, as on many real machines."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import built_file
from tests.bootstrap.machine import OFFLINE, Learner, Ran, checkout

MakeLearner = Callable[[], Learner]


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """run-envcheck.py in a checkout that no other test changes."""
    return checkout(tmp_path_factory.mktemp("bare") / "un clône à moi")


@pytest.fixture
def make_learner(tmp_path: Path, script: Path) -> Iterator[MakeLearner]:
    """A function that makes a learner with an empty home."""
    numbers = itertools.count()
    yield lambda: Learner(tmp_path / f"learner {next(numbers)}", script)
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def learner(make_learner: MakeLearner) -> Learner:
    return make_learner()


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, script: Path) -> tuple[Learner, Ran]:
    """A learner after the first run, with its environment made, and what that run said. Shared:
    make nothing else there.
    """
    learner = Learner(tmp_path_factory.mktemp("first") / "Zoë's machine", script)
    return learner, learner.run("chapter2", "--quick", "--format", "json")


@pytest.fixture(scope="session")
def namespaces() -> None:
    """Skips where no network can be taken away and no disk be made full: that needs root or user
    namespaces.
    """
    done = subprocess.run([*OFFLINE, "--mount", "true"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this machine allows no namespaces (unshare)")


@pytest.fixture
def names(script: Path) -> dict[str, Any]:
    """Everything that run-envcheck.py defines, without running it."""
    return built_file.names(script)
