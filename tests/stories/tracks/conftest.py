"""A fresh learner's machine for each story of a track."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.stories.machine import clone
from tests.stories.tracks.environments import python_of
from tests.stories.tracks.learner import Learner

MakeLearner = Callable[..., Learner]


@pytest.fixture
def make_learner(tmp_path: Path) -> Iterator[MakeLearner]:
    """`make_learner("data")` has the kept environment itself, which no run changes; `own=True` gives a clone to break."""
    made: list[Learner] = []

    def make(environment: str, *, own: bool = False) -> Learner:
        root = tmp_path / f"m{len(made)}"
        (root / "home").mkdir(parents=True)
        (root / "work").mkdir()
        kept = python_of(environment)
        python = clone(kept.parent.parent, root / "venv") if own else kept
        learner = Learner(root, python, name_python=True)
        learner.variables["ENVCHECK_STORY"] = learner.mark
        made.append(learner)
        return learner

    yield make
    for learner in made:
        assert not learner.left_running(), learner.left_running()
