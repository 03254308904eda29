"""The kernel that Jupyter resolves: this Python's, another's, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import STACK, on, python_at, said

from envcheck import Environment, fact
from envcheck.testing import fails, passes
from envcheck_checks.diagnosis.fix_tools import ipykernel_answers
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import no_kernelspec
from envcheck_checks.kernel.registered import kernel_registered

CHECK = kernel_registered(STACK)


def learner(tmp_path: Path, python: str = "") -> Environment:
    """`python` is what the kernelspec starts; none where there is no kernelspec."""
    argv = (python, "-m", "ipykernel_launcher", "-f", "{connection_file}")
    spec = (
        KernelSpec(argv, python, {}, "Python 3", "signal", str(tmp_path / "home/spec"))
        if python
        else None
    )
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, spec),
        ipykernel_answers: said("usage"),
    }
    return on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)


def test_each_kernel_that_jupyter_resolves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And none, where it says so when it is asked once more."""
    none = LearnersJupyter({}, None)
    monkeypatch.setattr(no_kernelspec, "ask_jupyter", lambda *_: none)
    passes(CHECK, learner(tmp_path, python_at(tmp_path / "venv").executable))
    fails(CHECK, learner(tmp_path, "/gone/python"), "kernelspec-dead-interpreter")
    fails(CHECK, learner(tmp_path), "kernel-not-registered")
