"""Which kernel Jupyter takes for the name in a notebook, and whether it is this Python's."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from tests.unit.checks.course_file.chapter_of import place
from tests.unit.described_machines import command_at, file_at, on, python_at, said

from envcheck import Check, Environment, Run
from envcheck.processes.process import Finished
from envcheck.testing import examine, fails, passes, warns
from envcheck_checks.course_file.notebooks import chapter_notebooks, named_kernel_diagnoses
from envcheck_checks.course_file.notebooks.kernel_names import kernels_named
from envcheck_checks.diagnosis.fix_tools import ipykernel_answers
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter

NAME = "ml"


class Learner:
    """Somebody with these kernels, by their names, and notebooks that name some."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.place = folder, place(folder / "course")
        self.venv = folder / "venv"
        self.kernels: dict[str, KernelSpec] = {}
        self.homes: dict[str, str] = {}
        self.before: list[str] = []  # folders in which Jupyter looks before this environment's
        self.kernel("python3", self.venv, self.venv / "share/jupyter")

    def kernel(self, name: str, prefix: Path, data: Path, language: str = "python") -> None:
        program = str(command_at(prefix / "bin/python"))
        self.homes[program] = str(prefix)
        argv = (program, "-m", "ipykernel_launcher", "-f", "{connection_file}")
        where = str(data / "kernels" / name)
        self.kernels[name] = KernelSpec(argv, program, {}, f"<{name}>", "signal", where, language)

    def notebook(self, kernel: str, language: str = "python", name: str = "a.ipynb") -> None:
        info = {"language_info": {"name": language}} if language else {}
        metadata = {"kernelspec": {"name": kernel}, **info}
        book = {"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        (self.place.folder / name).write_text(json.dumps(book))

    @property
    def check(self) -> Check:
        return kernels_named(self.place, ())

    def environment(self) -> Environment:
        data = (*self.before, str(self.venv / "share/jupyter"), str(self.folder / "home/data"))
        told = LearnersJupyter({}, self.kernels.get("python3"), data=data, kernels=self.kernels)
        facts: Any = {learners_jupyter: told, ipykernel_answers: said("usage")}
        return on("linux", self.folder, python_at(self.venv), facts=facts)


@pytest.fixture
def learner(tmp_path: Path) -> Any:
    learner = Learner(tmp_path)

    def run(env: Environment, argv: Sequence[str], **_: object) -> Finished:
        home = learner.homes.get(argv[0], "")
        return said(f"{home}\n") if home else said(stderr="no module named encodings", code=1)

    with mock.patch.object(Environment, "run", run):
        yield learner


def steps_of(diagnosis: Any) -> list[object]:
    return [
        step.argv[2:] if isinstance(step, Run) else type(step) for step in diagnosis.fixes[0].steps
    ]


def test_the_usual_name_is_another_checks_matter(learner: Learner) -> None:
    learner.kernels = {}
    assert "name no kernel" in passes(learner.check, learner.environment()).summary
    learner.notebook("python3")
    assert "`python3`" in passes(learner.check, learner.environment()).summary


def test_a_kernel_of_this_python(learner: Learner) -> None:
    """By its `sys.prefix`, whatever its program is called."""
    learner.kernel(NAME, learner.venv, learner.folder / "home/data")
    learner.notebook(NAME)
    passes(learner.check, learner.environment())


def test_a_kernel_of_another_python(learner: Learner) -> None:
    """In the user's folder it stays, and this environment's goes before it; in a folder that is looked
    into before, a person chooses; in this environment it is moved aside.
    """
    learner.notebook(NAME)
    install = ("ipykernel", "install", "--sys-prefix", "--name", NAME)
    code = "notebook-kernel-other-python"
    learner.kernel(NAME, learner.folder / "other", learner.folder / "home/data")
    assert steps_of(fails(learner.check, learner.environment(), code)) == [install]
    learner.kernel(NAME, learner.folder / "other", learner.venv / "share/jupyter")
    file_at(learner.venv / "share/jupyter/kernels" / NAME / "kernel.js")
    moved = fails(learner.check, learner.environment(), code).fixes[0]
    assert [type(step).__name__ for step in moved.steps] == ["Rename", "Run"]
    learner.kernel(NAME, learner.folder / "other", learner.folder / "before")
    learner.before = [str(learner.folder / "before")]
    fix = fails(learner.check, learner.environment(), code).fixes[0]
    assert (fix.title, fix.automatic) == ("choose `<python3>` in the notebook", False)


def test_a_notebook_of_another_chapter(learner: Learner) -> None:
    """Where chapters share a folder, each asks for the kernels of its own notebooks alone."""
    learner.notebook("python3")
    learner.notebook(NAME, name="b.ipynb")
    learner.kernel(NAME, learner.folder / "other", learner.folder / "home/data")
    fails(learner.check, learner.environment(), "notebook-kernel-other-python")
    learner.place = place(learner.folder / "course", notebooks=("a.ipynb",))
    passes(learner.check, learner.environment())


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems whose programs are links")
def test_an_environment_made_by_the_same_python(learner: Learner) -> None:
    """Its program leads to the same file as ours: the environment counts, never where links lead."""
    learner.kernel(NAME, learner.folder / "other", learner.folder / "home/data")
    other, own = learner.folder / "other/bin/python", learner.venv / "bin/python"
    other.unlink()
    other.symlink_to(own)
    learner.notebook(NAME)
    fails(learner.check, learner.environment(), "notebook-kernel-other-python")


@pytest.mark.parametrize("how", ["gone", "does not run", "is no kernel"])
def test_a_kernel_that_cannot_start(learner: Learner, how: str) -> None:
    """Also one of this environment's folder whose Python does not run is not taken for right."""
    prefix = learner.venv if how == "does not run" else learner.folder / "other"
    learner.kernel(NAME, prefix, learner.folder / "home/data")
    spec = learner.kernels[NAME]
    if how == "gone":
        Path(spec.python).unlink()
    elif how == "does not run":
        learner.homes.clear()
    else:
        words = (spec.python, "-m", "ipykernel_launcher")
        learner.kernels[NAME] = KernelSpec(words, spec.python, {}, "x", "signal", spec.folder)
    learner.notebook(NAME)
    fails(learner.check, learner.environment(), "notebook-kernel-dead")


@pytest.mark.parametrize(
    ("language", "others", "asks"),
    [("python", (), False), ("", (), True), ("python", ("rl",), True)],
)
def test_no_kernel_of_that_name(
    learner: Learner, language: str, others: Sequence[str], asks: bool
) -> None:
    """As JupyterLab does: the only kernel of the language that the notebook says, else a question."""
    for name in others:
        learner.kernel(name, learner.venv, learner.folder / "home/data")
    learner.notebook(NAME, language)
    if not asks:
        assert "<python3>" in passes(learner.check, learner.environment()).summary
        return
    warning = warns(learner.check, learner.environment(), "notebook-kernel-missing")
    assert "`<python3>`" in warning.fixes[0].title


def test_a_language_that_no_kernel_speaks(learner: Learner) -> None:
    learner.notebook("ir", "R")
    fails(learner.check, learner.environment(), "notebook-kernel-missing")
    learner.kernel("ir-4", learner.folder / "r", learner.folder / "home/data", "R")
    passes(learner.check, learner.environment())


def test_several_names(learner: Learner) -> None:
    """Those that are missing are one warning; notebooks that disagree about the language say none."""
    for name, language in (("a.ipynb", "python"), ("b.ipynb", "")):
        learner.notebook("one", language, name)
    learner.notebook("two", "", "c.ipynb")
    (learner.place.folder / "d.ipynb").write_text("<<<<<<< HEAD\n")
    warning = warns(learner.check, learner.environment(), "notebook-kernel-missing")
    assert warning.evidence.wanted == "one, two"


def test_the_page_has_every_cause(learner: Learner) -> None:
    assert all(f"- `{code}`:" in learner.check.page for code in named_kernel_diagnoses.CAUSES)


def test_jupyter_that_does_not_answer(learner: Learner) -> None:
    learner.notebook(NAME)
    learner.kernels = {}
    assert type(examine(learner.check, learner.environment())).__name__ == "Unknown"


def test_so_many_notebooks_and_no_more(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of environments and hidden folders are nobody's."""
    files: Mapping[str, str] = {"venv/pyvenv.cfg": "", "venv/x.ipynb": "{}", ".a/x.ipynb": "{}"}
    for name, text in files.items():
        path = learner.place.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    learner.notebook("one", name="a.ipynb")
    learner.notebook("two", name="b.ipynb")
    named = [
        kernel.name
        for kernel in chapter_notebooks.named_kernels(chapter_notebooks.read(learner.place))
    ]
    assert named == ["one", "two"]
    monkeypatch.setattr(chapter_notebooks, "MOST_NOTEBOOKS", 1)
    assert len(chapter_notebooks.named_kernels(chapter_notebooks.read(learner.place))) == 1
