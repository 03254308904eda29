"""The extension of JupyterLab that breaks every page: the one that cannot be read, or by trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.unit.described_machines import file_at, on

from envcheck import Diagnosis, Environment, Rename
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook import lab_extensions

FAILURE = Failure("this did not work: serve the page", "UndefinedError: 'page_config'")


def learner(folder: Path, **files: str) -> Environment:
    data = folder / "home" / "data"
    for name, text in files.items():
        file_at(data / "labextensions" / name.replace("__", "/") / "package.json", text)
    file_at(data / "kernels" / "python3" / "kernel.json", "{}")
    facts = {learners_jupyter: LearnersJupyter({}, None, user_data=str(data))}
    return on("linux", folder, facts=facts)


def blamed(env: Environment, guilty: str) -> Diagnosis:
    """What is said where the page comes whenever the extension `guilty` is taken away."""

    def works(removed: Sequence[Removed]) -> bool:
        ours = Path(str(removed[0].variables["JUPYTER_DATA_DIR"]))
        assert (ours / "kernels" / "python3" / "kernel.json").is_file()
        return not (ours / "labextensions" / guilty).exists()

    (removed,) = lab_extensions.removable(env)
    said = lab_extensions.explain(env, replace(FAILURE, retry=Retry(works)), removed)
    assert said is not None
    return said


def test_none_is_nothing_to_take_away(tmp_path: Path) -> None:
    assert lab_extensions.removable(learner(tmp_path)) == []


def test_the_one_that_cannot_be_read(tmp_path: Path) -> None:
    """An empty package.json needs no more trials. One of a scope is found too."""
    said = blamed(learner(tmp_path, good="{}", **{"@me__bad": ""}), "@me/bad")
    assert said.evidence.looked_in.endswith("labextensions/@me/bad")
    assert said.evidence.found == "bad/package.json is no JSON"


def test_what_was_moved_aside_is_found_no_more(tmp_path: Path) -> None:
    """JupyterLab asks for no name of a folder: one that is only renamed would break it again."""
    env = learner(tmp_path, bad="")
    (step,) = blamed(env, "bad").fixes[0].steps
    assert isinstance(step, Rename)
    Path(step.source).rename(step.to)
    assert lab_extensions.own_extensions(env) == []


def test_of_several_the_one_without_which_it_works(tmp_path: Path) -> None:
    said = blamed(learner(tmp_path, one="{}", two="{}", three="{}"), "two")
    assert said.code == "lab-extension-breaks"
    assert said.evidence.looked_in.endswith("labextensions/two")
    assert len(said.fixes[0].steps) == 1


def test_several_together(tmp_path: Path) -> None:
    """No single one is to blame: all are moved aside."""
    said = blamed(learner(tmp_path, one="{}", two="{}"), ".")
    assert len(said.fixes[0].steps) == 2
