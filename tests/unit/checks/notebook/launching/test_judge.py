"""What is said of a server that did all that a page asks of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck import Diagnosis, Environment, Fine, Unknown, fact
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.other_python import runs_elsewhere
from envcheck_checks.notebook.folders.network_disk import mounts
from envcheck_checks.notebook.launching.exercise import ServerProof
from envcheck_checks.notebook.launching.judge import judge
from envcheck_checks.notebook.server.learners_server import Server

WAY = LaunchWay("notebook", ("python", "-m", "notebook"), "jupyter notebook")


def learner(tmp_path: Path, packages: dict[str, str] = WHOLE) -> Environment:
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        config_files: (),
        mounts: (),
    }
    return on("linux", tmp_path, python_at(tmp_path / "venv", packages), facts=facts)


def server(*, open_to_all: bool = False) -> Server:
    running = SimpleNamespace(argv=("python", "-m", "notebook", "--allow-root"))
    return Server(
        cast(Any, running),
        Path(),
        Path(),
        open_to_all=open_to_all,
        typed="jupyter notebook --allow-root",
    )


def test_what_was_done_is_said(tmp_path: Path) -> None:
    """What envcheck did otherwise than the learner would, too."""
    env = learner(tmp_path)
    proof = ServerProof(1, str(tmp_path / "venv"), "python")
    plain = judge(env, STACK, WAY, server(), proof, 3.4)
    assert isinstance(plain, Fine)
    assert plain.summary == (
        "served, ran a cell, saved and shut down in 3.4 s, as root by `jupyter notebook --allow-root`"
    )
    assert plain.typed == "jupyter notebook --allow-root"
    open_to_all = judge(env, STACK, WAY, server(open_to_all=True), proof, 3.4)
    assert isinstance(open_to_all, Fine)
    assert open_to_all.summary.endswith("as your Jupyter config wants it")


def test_a_folder_that_is_not_the_learners_is_said(tmp_path: Path) -> None:
    """Jupyter's configuration may shift it: the notebooks of this one do not appear."""
    env, up = learner(tmp_path), server()
    proof = ServerProof(1, str(tmp_path / "venv"), "python")
    for root, said in ((str(env.folder), False), (str(tmp_path), True), ("", False)):
        up.root = root
        told = judge(env, STACK, WAY, up, proof, 3.4)
        assert isinstance(told, Fine)
        assert (f"in the folder {root}, as your Jupyter config" in told.summary) is said


def test_a_kernel_of_another_python_is_the_same_cause_as_in_the_kernels_check(
    tmp_path: Path,
) -> None:
    env = learner(tmp_path)
    proof = ServerProof(1, "/opt/conda", "/opt/conda/bin/python")
    outcome = judge(env, STACK, WAY, server(), proof, 3.4)
    python = python_at(tmp_path / "venv")
    assert outcome == runs_elsewhere(python, "/opt/conda", "/opt/conda/bin/python")
    assert isinstance(outcome, Diagnosis)


def test_an_outcome_stays_as_it_is(tmp_path: Path) -> None:
    outcome = Unknown("it was too slow")
    assert judge(learner(tmp_path), STACK, WAY, server(), outcome, 45.0) is outcome
