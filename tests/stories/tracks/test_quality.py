"""The track of good data: pandera, OpenLineage and DVC at work, absent, and broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.stories.tracks.conftest import MakeLearner
from tests.stories.tracks.learner import Learner, automatic

pytestmark = pytest.mark.slow


def test_pandera_works(make_learner: MakeLearner) -> None:
    """It finds the rows that were spoilt, and no other."""
    assert "the spoilt rows 7, 42, 77 and no other" in make_learner("data").works(
        "quality", "pandera"
    )


@pytest.mark.whole
def test_pandera_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, and `--fix` installs it."""
    learner = make_learner("data", own=True)
    learner.remove("@site/pandera", "@site/pandera-*")
    assert "MB" in automatic(learner.fails_and_is_mended("quality", "pandera", "tool-missing"))[0]


@pytest.mark.whole
def test_pandera_from_before_it_was_divided(make_learner: MakeLearner) -> None:
    """Before 0.24 there is no `pandera.pandas`: the same rules are taken from where they were."""
    learner = make_learner("data", own=True)
    learner.pip("install", "pandera==0.23.*")
    assert learner.works("quality", "pandera").startswith("0.23.")


@pytest.mark.whole
def test_pandera_is_switched_off(make_learner: MakeLearner) -> None:
    """PANDERA_VALIDATION_ENABLED=False makes every table pass: the variable is found by trial."""
    learner = make_learner("data")
    learner.variables["PANDERA_VALIDATION_ENABLED"] = "False"
    cause = learner.fails("quality", "pandera", "tool-variable-breaks")
    assert cause["fixes"][0]["steps"] == [{"do": "unset-env", "name": "PANDERA_VALIDATION_ENABLED"}]


def test_openlineage_works(make_learner: MakeLearner) -> None:
    """Each run is told from START to COMPLETE; the learner's own collector, a dead one, hears
    nothing of it.
    """
    learner = make_learner("data")
    learner.variables.update(
        OPENLINEAGE_URL="http://192.0.2.1:5000",
        OPENLINEAGE__TRANSPORT__TYPE="http",
        OPENLINEAGE__TRANSPORT__URL="http://192.0.2.1",
    )
    assert "10 runs told and read back" in learner.works("quality", "openlineage")


@pytest.mark.whole
def test_openlineage_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, and `--fix` installs it."""
    learner = make_learner("data", own=True)
    learner.remove("@site/openlineage", "@site/openlineage_python-*")
    assert (
        "MB" in automatic(learner.fails_and_is_mended("quality", "openlineage", "tool-missing"))[0]
    )


@pytest.mark.whole
def test_openlineage_is_switched_off(make_learner: MakeLearner) -> None:
    """OPENLINEAGE_DISABLED: the client takes every event and writes none; another setting of the
    learner's is not blamed.
    """
    learner = make_learner("data")
    learner.variables.update(OPENLINEAGE_DISABLED="true", OPENLINEAGE_NAMESPACE="course")
    cause = learner.fails_and_is_mended("quality", "openlineage", "tool-variable-breaks")
    assert cause["fixes"][0]["steps"] == [{"do": "unset-env", "name": "OPENLINEAGE_DISABLED"}]


def test_dvc_works(make_learner: MakeLearner, tmp_path: Path) -> None:
    """Data goes to a store and comes back, and git keeps the pointer; a repository that GIT_DIR
    names is not touched.
    """
    learner = known_to_git(make_learner("data"))
    learner.variables["GIT_DIR"] = str(tmp_path / "own.git")
    assert "added, pushed, dropped and pulled back" in learner.works("quality", "dvc")
    assert not (tmp_path / "own.git").exists()


@pytest.mark.whole
def test_dvc_is_absent(make_learner: MakeLearner) -> None:
    """It is named with its size, and `--fix` installs it."""
    learner = known_to_git(make_learner("data", own=True))
    learner.remove("@site/dvc", "@site/dvc-*")
    assert "MB" in automatic(learner.fails_and_is_mended("quality", "dvc", "tool-missing"))[0]


@pytest.mark.whole
def test_dvc_without_git(make_learner: MakeLearner, tmp_path: Path) -> None:
    """There is no git on the PATH: said with this system's install command."""
    learner = make_learner("data")
    (tmp_path / "apt").write_text("#!/bin/sh\n")
    (tmp_path / "apt").chmod(0o755)
    learner.variables["PATH"] = f"{tmp_path}:{Path(__file__).parent}"
    cause = learner.fails("quality", "dvc", "program-missing")
    assert "sudo apt install git" in cause["fixes"][0]["steps"][0]["text"]


@pytest.mark.whole
def test_git_does_not_know_the_learner(make_learner: MakeLearner) -> None:
    """DVC works, and git would refuse the first commit: only a person knows their name."""
    learner = make_learner("data")
    learner.write("home/.gitconfig", "[user]\n\tuseConfigOnly = true\n")
    cause = learner.fails("quality", "dvc", "git-identity-missing")
    assert not automatic(cause)
    known_to_git(learner)
    learner.works("quality", "dvc")


def known_to_git(learner: Learner) -> Learner:
    learner.write("home/.gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n")
    return learner
