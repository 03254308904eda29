"""The course has its learners make an environment of conda's: which one is used, and what is said where
another one is, or it was never made.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.stories.broken.story import Story, play, told
from tests.stories.broken.test_conda import base_that_activated_itself
from tests.stories.conda.place import activate, environment_of
from tests.stories.machine import Machine, MakeMachine, Seen

pytestmark = [pytest.mark.slow, pytest.mark.linked]
COURSE = """\
course = "fixture"
requires = ["environment.yml"]
conda = "ml"

[chapter.chapter2]
jupyter = false
"""
LIST = "name: ml\ndependencies:\n  - python=3.11\n  - numpy\n  - pip:\n      - seaborn\n"


@pytest.fixture
def learner(machine: Machine, healthy: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """conda's base activates itself, and has nothing; `ml` beside it has everything."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    machine.write("work/envcheck.toml", COURSE)
    machine.write("work/environment.yml", LIST)
    base_that_activated_itself(machine)
    return machine


def examined(machine: Machine, *words: str) -> Seen:
    return machine.check(*words)


def another(machine: Machine, *, packages: bool) -> Path:
    """An environment of another course's, active."""
    place = machine.home / "miniconda3/envs/other"
    environment_of(machine.prefix, place, packages=packages)
    activate(machine, place)
    return place


@pytest.mark.whole
def test_the_one_that_the_course_names(learner: Machine) -> None:
    """Behind conda's base it is used, and the line that activates it is said; active, nothing is."""
    seen = examined(learner)
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["environment-not-active"])
    assert seen.report["target"]["located_by"] == "the conda environment `ml`"
    assert "conda activate" in seen.report["diagnoses"][0]["fixes"][0]["shell"]["posix"]
    activate(learner, learner.home / "miniconda3/envs/ml")
    seen = examined(learner)
    assert (seen.code, seen.diagnoses) == (0, [])
    assert seen.status("conda-environment") == "pass"


def another_is_active(machine: Machine) -> None:
    machine.write("work/envcheck.toml", COURSE)
    machine.write("work/environment.yml", LIST)
    base_that_activated_itself(machine)
    another(machine, packages=False)


STORIES = {
    "another one is active": Story(
        another_is_active,
        "course-environment-not-active",
        ("`ml`", "which lacks numpy and seaborn"),
        fixed=True,
        always=True,
    ),
}


@told(STORIES)
def test_another_one_is_active(
    story: Story,
    make_machine: MakeMachine,
    wheels: Path,
    monkeypatch: pytest.MonkeyPatch,
    healthy: Path,
) -> None:
    """One cause where it lacks something, whose fix is to activate the course's."""
    monkeypatch.setenv("ENVCHECK_STORY_HEALTHY", str(healthy.parent.parent))
    play(story, make_machine, wheels, without_server=True)


@pytest.mark.whole
def test_another_one_is_active_and_has_all(learner: Machine) -> None:
    """That is a warning, with the line that activates the course's."""
    another(learner, packages=True)
    seen = examined(learner)
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["environment-beside"])


@pytest.mark.whole
def test_it_was_never_made(learner: Machine) -> None:
    """The line makes it from the course's list, and the chapter is ready."""
    ml = learner.home / "miniconda3/envs/ml"
    shutil.rmtree(ml)
    seen = examined(learner)
    assert (seen.code, seen.errors) == (1, ["course-environment-not-made"])
    make, then = seen.first["fixes"][0]["steps"]
    assert make["argv"][1:4] == ["env", "create", "--file"]
    assert "conda activate ml" in then["text"]
    argv = [word.replace("~", str(learner.home), 1) for word in make["argv"]]
    subprocess.run(argv, env=learner.environ, cwd=learner.work, check=True, capture_output=True)
    seen = examined(learner)
    assert (seen.code, seen.errors, seen.warnings) == (0, [], ["environment-not-active"])
    assert seen.report["target"]["prefix"].endswith("/envs/ml")


@pytest.mark.whole
def test_a_learner_without_conda(machine: Machine) -> None:
    """Who has all of it in another way is ready; who lacks something is told where conda comes from."""
    machine.write("work/envcheck.toml", COURSE)
    machine.write("work/environment.yml", LIST)
    assert examined(machine).code == 0
    machine.remove("@site/seaborn*")
    seen = examined(machine)
    assert (seen.code, seen.errors) == (1, ["course-environment-not-made"])
    assert "conda-forge.org/download" in seen.first["fixes"][0]["steps"][0]["text"]


@pytest.mark.whole
def test_conda_has_one_of_another_name(learner: Machine) -> None:
    base = learner.home / "miniconda3"
    (base / "envs/ml").rename(base / "envs/ml-2025")
    seen = examined(learner)
    assert seen.errors == ["course-environment-not-made"]
    assert seen.first["evidence"]["found"] == "environments ml-2025"
