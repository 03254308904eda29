"""The extension of JupyterLab that breaks every page: the one that cannot be read, or by trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, Environment, Rename, Run
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.settings import lab_extensions

FAILURE = Failure("this did not work: serve the page", "UndefinedError: 'page_config'")


def learner(folder: Path, **files: str) -> Environment:
    folder.mkdir(exist_ok=True)
    data = folder / "home" / "data"
    for name, text in files.items():
        file_at(data / "labextensions" / name.replace("__", "/") / "package.json", text)
    file_at(data / "kernels" / "python3" / "kernel.json", "{}")
    places = LearnersJupyter({}, None, user_data=str(data), data=(str(data),))
    facts = {learners_jupyter: places}
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


@pytest.mark.parametrize("text", ["", "[]", '{"name": "bad"}', '{"name": '])
def test_one_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    """It needs no trials. One of a scope is found too, and none among those that can be read."""
    good = '{"name": "good", "version": "1"}'
    env = learner(tmp_path, good=good, **{"@me__bad": text})
    said = lab_extensions.find_unreadable(env, FAILURE)
    assert said is not None
    assert said.summary == (
        "the JupyterLab extension bad is the reason that this did not work: serve the page: "
        "its package.json cannot be read"
    )
    assert said.evidence.looked_in.endswith("labextensions/@me/bad")
    assert lab_extensions.find_unreadable(learner(tmp_path / "2", good=good), FAILURE) is None


def test_what_was_moved_aside_is_found_no_more(tmp_path: Path) -> None:
    """JupyterLab asks for no name of a folder: one that is only renamed would break it again."""
    env = learner(tmp_path, bad="")
    said = lab_extensions.find_unreadable(env, FAILURE)
    assert said is not None
    (step,) = said.fixes[0].steps
    assert isinstance(step, Rename)
    Path(step.source).rename(step.to)
    assert lab_extensions.own_extensions(env) == []
    assert lab_extensions.find_unreadable(env, FAILURE) is None


def test_one_that_a_package_brought(tmp_path: Path) -> None:
    """It is left where it is, and comes with its package again."""
    python = python_at(tmp_path / "venv", {"pip": "24.0", "jupyter-bokeh": "4.0"})
    data = tmp_path / "venv/share/jupyter"
    file_at(data / "labextensions/bokeh/package.json")
    record = tmp_path / "venv/site/jupyter-bokeh-4.0.dist-info/RECORD"
    file_at(record, "../share/jupyter/labextensions/bokeh/package.json,,\n")
    facts = {learners_jupyter: LearnersJupyter({}, None, data=(str(data),))}
    said = lab_extensions.find_unreadable(on("linux", tmp_path, python, facts=facts), FAILURE)
    assert said is not None
    (step,) = said.fixes[0].steps
    assert isinstance(step, Run)
    assert step.argv[-1] == "jupyter-bokeh==4.0"


def test_of_several_the_one_without_which_it_works(tmp_path: Path) -> None:
    said = blamed(learner(tmp_path, one="{}", two="{}", three="{}"), "two")
    assert said.code == "lab-extension-breaks"
    assert said.evidence.looked_in.endswith("labextensions/two")
    assert len(said.fixes[0].steps) == 1


def test_several_together(tmp_path: Path) -> None:
    """No single one is to blame: all are moved aside."""
    said = blamed(learner(tmp_path, one="{}", two="{}"), ".")
    assert len(said.fixes[0].steps) == 2
