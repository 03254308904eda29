"""The chapter's notebooks, run in a copy: what is said of how far they came."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from unittest import mock

import pytest
from tests.unit.checks.course_file.chapter_of import place
from tests.unit.described_machines import STACK, on, python_at

from envcheck import Environment, Unknown, course_copy
from envcheck.adopt.reading.notebooks import Notebook
from envcheck.environment import Options
from envcheck.run.plan import Selection, make
from envcheck.testing import examine, fails, passes, skips
from envcheck_checks.course_file.course import course
from envcheck_checks.course_file.notebooks import chapter_notebooks, failed_notebook, notebook_run
from envcheck_checks.course_file.notebooks.notebook_run import Desk, Ran
from envcheck_checks.course_file.notebooks.notebooks_work import notebooks_work
from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.answers import End, Execution

SPEC = KernelSpec(("python",), "python", {}, "Python 3", "signal", "")


def learner(folder: Path, spec: KernelSpec | None = SPEC) -> Environment:
    facts = {learners_jupyter: LearnersJupyter({}, spec)}
    return on("linux", folder, python_at(folder / "venv"), facts=facts)


def notebook(folder: Path, name: str, language: str = "python") -> None:
    here = place(folder / "course").folder
    metadata = {"language_info": {"name": language}}
    (here / name).write_text(json.dumps({"cells": [], "metadata": metadata}))


def answering(**ran: Ran) -> object:
    """Each notebook by the letter that it is called; the copy is there while it runs."""

    def run(env: Environment, notebook: Notebook, desk: Desk) -> Ran:
        assert (desk.folder / notebook.name).is_file()
        return ran.get(notebook.name[0], Ran(notebook.name, 2))

    return mock.patch.object(notebook_run, "run", run)


def test_all_that_are_in_python(tmp_path: Path) -> None:
    for name in ("a", "b"):
        notebook(tmp_path, f"{name}.ipynb")
    notebook(tmp_path, "r.ipynb", "R")
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    with answering(a=Ran("a.ipynb", 1, {3: "%pip install x"})):  # type: ignore[attr-defined]  # a mock
        said = passes(check, learner(tmp_path)).summary
    assert said.startswith("2 of 3 ran, 3 cells")
    assert "a.ipynb cell 3 (`%pip install x`)" in said
    only = notebooks_work(place(tmp_path / "course", notebooks=("b.ipynb",)), STACK, (), ())
    with answering():  # type: ignore[attr-defined]  # a mock
        assert passes(only, learner(tmp_path)).summary.startswith("1 ran, 2 cells")


@pytest.mark.parametrize(
    ("back", "code"),
    [
        (Execution(End.REPLIED, error=("ValueError", "x")), "notebook-cell-fails"),
        (
            Execution(End.REPLIED, error=("ImportError", "No module named 'zz'")),
            "notebook-cell-fails",
        ),
        (
            Execution(End.REPLIED, error=("ModuleNotFoundError", "No module named 'seaborn'")),
            "packages-missing",
        ),
        (Execution(End.DIED), "notebook-kernel-dies"),
    ],
)
def test_the_first_that_fails(tmp_path: Path, back: Execution, code: str) -> None:
    """With the cause where it is one that other checks have; else by notebook and cell."""
    from envcheck_checks.stack import Package, Stack

    stack = Stack((*STACK.packages, Package("seaborn")))
    for name in ("a", "b"):
        notebook(tmp_path, f"{name}.ipynb")
    check = notebooks_work(place(tmp_path / "course"), stack, (), ())
    with answering(a=Ran("a.ipynb", 1, {2: "!pip install x"}, 4, back)):  # type: ignore[attr-defined]  # a mock
        diagnosis = fails(check, learner(tmp_path), code)
    if code in failed_notebook.CAUSES:
        assert "a.ipynb, cell 4" in diagnosis.summary
        assert "!pip install x" in diagnosis.note


@pytest.mark.parametrize("name", ["NameError", "ModuleNotFoundError", "FileNotFoundError"])
def test_what_an_installing_cell_may_have_given_is_not_missed(tmp_path: Path, name: str) -> None:
    """What was left out of the notebook may be what the cell lacks."""
    notebook(tmp_path, "a.ipynb")
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    back = Execution(End.REPLIED, error=(name, "x"))
    with answering(a=Ran("a.ipynb", 1, {2: "!pip install x"}, 4, back)):  # type: ignore[attr-defined]  # a mock
        outcome = examine(check, learner(tmp_path))
    assert isinstance(outcome, Unknown)
    assert "cell 2 (`!pip install x`)" in outcome.summary
    with answering(a=Ran("a.ipynb", 1, {}, 4, back)):  # type: ignore[attr-defined]  # a mock
        fails(check, learner(tmp_path), "notebook-cell-fails")


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems where anybody may make links")
def test_what_a_link_out_of_the_course_leads_to_is_not_missed(tmp_path: Path) -> None:
    """A learner who keeps the data on another disk can run it; in the copy it is not there."""
    notebook(tmp_path, "a.ipynb")
    (tmp_path / "away").mkdir()
    (tmp_path / "course" / "data").symlink_to(tmp_path / "away")
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    back = Execution(End.REPLIED, error=("FileNotFoundError", "data/a.csv"))
    with answering(a=Ran("a.ipynb", 1, {}, 4, back)):  # type: ignore[attr-defined]  # a mock
        outcome = examine(check, learner(tmp_path))
    assert isinstance(outcome, Unknown)
    assert outcome.summary.endswith("since a link leads out of the course: data")
    back = Execution(End.REPLIED, error=("ZeroDivisionError", "x"))
    with answering(a=Ran("a.ipynb", 1, {}, 4, back)):  # type: ignore[attr-defined]  # a mock
        fails(check, learner(tmp_path), "notebook-cell-fails")


def test_what_has_no_cell_to_run_proves_nothing(tmp_path: Path) -> None:
    """Only prose, or only lines that install: no green."""
    for name in ("a", "b"):
        notebook(tmp_path, f"{name}.ipynb")
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    with answering(a=Ran("a.ipynb"), b=Ran("b.ipynb")):  # type: ignore[attr-defined]  # a mock
        assert "no notebook" in skips(check, learner(tmp_path))
    with answering(a=Ran("a.ipynb"), b=Ran("b.ipynb", 0, {1: "%pip install x"})):  # type: ignore[attr-defined]  # a mock
        assert isinstance(examine(check, learner(tmp_path)), Unknown)
    with answering(a=Ran("a.ipynb")):  # type: ignore[attr-defined]  # a mock
        assert passes(check, learner(tmp_path)).summary.startswith("1 of 2 ran, 2 cells")


def test_what_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No kernel, no notebook, no time, a course that is too large: never a verdict."""
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    assert isinstance(examine(check, learner(tmp_path, None)), Unknown)
    outcome = examine(check, learner(tmp_path))
    assert isinstance(outcome, Unknown)
    assert "notebooks in text (.md, .py) are not run" in outcome.summary
    notebook(tmp_path, "a.ipynb")
    with answering(a=Ran("a.ipynb", untold="cell 1 had not ended")):  # type: ignore[attr-defined]  # a mock
        outcome = examine(check, learner(tmp_path))
    assert isinstance(outcome, Unknown)
    assert "had not ended" in outcome.summary
    monkeypatch.setattr(course_copy, "LARGEST", 1)
    outcome = examine(check, learner(tmp_path))
    assert isinstance(outcome, Unknown)
    assert "larger than" in outcome.summary


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n{}\n", "<!DOCTYPE html>", "", '{"cells": ['])
def test_a_notebook_that_cannot_be_opened_is_no_part_of_what_ran(tmp_path: Path, text: str) -> None:
    """Passed over without a word, the others would make the chapter ready."""
    notebook(tmp_path, "a.ipynb")
    (place(tmp_path / "course").folder / "b.ipynb").write_text(text)
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    with answering():  # type: ignore[attr-defined]  # a mock
        assert "b.ipynb" in fails(check, learner(tmp_path), "notebook-damaged").summary
    only = notebooks_work(place(tmp_path / "course", notebooks=("a.ipynb",)), STACK, (), ())
    with answering():  # type: ignore[attr-defined]  # a mock
        assert passes(only, learner(tmp_path)).summary.startswith("1 ran")


def test_notebooks_past_the_bounds_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chapter_notebooks, "MOST_NOTEBOOKS", 1)
    for name in ("a", "b"):
        notebook(tmp_path, f"{name}.ipynb")
    check = notebooks_work(place(tmp_path / "course"), STACK, (), ())
    with answering():  # type: ignore[attr-defined]  # a mock
        outcome = examine(check, learner(tmp_path))
    assert isinstance(outcome, Unknown)
    assert outcome.summary.startswith("b.ipynb: ")


def test_only_with_its_option(tmp_path: Path) -> None:
    """It is the course's code: without `--notebooks` it is left out, and says so."""
    from envcheck.course_file.reading import read

    notebook(tmp_path, "a.ipynb")
    (tmp_path / "course/envcheck.toml").write_text('course = "a"\n[chapter.ch1]\n')
    described = course(read(tmp_path / "course/envcheck.toml"), COURSE)

    def left_out(options: Options) -> str:
        planned = make(described, Selection(("ch1",)), options)
        return next(each.left_out for each in planned if each.id == "ch1.notebooks-run")

    assert left_out(Options()) == "not asked: it needs --notebooks"
    assert left_out(Options(notebooks=True)) == ""
