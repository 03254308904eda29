"""What the start of a kernel means for the learner."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at

from envcheck import Diagnosis, Environment, Fine, Outcome, fact, fail
from envcheck.testing import fails
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import starts
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import SharedKernel, shared_kernel
from envcheck_checks.kernel.starts import judge, kernel_starts
from envcheck_checks.machine import loopback

KERNEL = cast(Kernel, SimpleNamespace())


def learner(tmp_path: Path, shared: SharedKernel | None = None) -> Environment:
    folders = PrivateFolders({}, tmp_path / "home/.ipython", tmp_path / "scratch/ipython")
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        private_folders: folders,
    }
    if shared is not None:
        facts[shared_kernel] = shared
    return on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)


def judged(tmp_path: Path, shared: SharedKernel) -> Outcome:
    return judge(learner(tmp_path), STACK, shared)


def code(outcome: Outcome) -> str:
    return outcome.code if isinstance(outcome, Diagnosis) else type(outcome).__name__


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.6, "answered in 0.6 s"), (14.0, "answered, slowly: 14 s")]
)
def test_a_kernel_that_is_this_python(tmp_path: Path, seconds: float, words: str) -> None:
    prefix = str(tmp_path / "venv")
    outcome = judged(tmp_path, SharedKernel(KERNEL, Start(End.REPLIED, seconds), prefix, "python"))
    assert isinstance(outcome, Fine)
    assert words in outcome.summary


@pytest.mark.parametrize("own", [True, False])
def test_a_line_in_the_terminal_that_comes_after_the_answer(tmp_path: Path, own: bool) -> None:
    """It is waited for where a file of the learner's runs as the kernel starts, and only there."""
    running = SimpleNamespace(settled_log=lambda: "File not found: '/home/teacher/2023.py'\n")
    kernel = cast(Kernel, SimpleNamespace(running=running))
    if own:
        file_at(tmp_path / "scratch/ipython/profile_default/ipython_kernel_config.py", "c = 1\n")
    start = Start(End.REPLIED, 0.6)
    outcome = judged(tmp_path, SharedKernel(kernel, start, str(tmp_path / "venv"), "python"))
    assert isinstance(outcome, Fine)
    told = [each.code for each in outcome.warnings]
    assert told == (["ipython-start-incomplete"] if own else [])


def test_a_kernel_that_is_another_python(tmp_path: Path) -> None:
    other = SharedKernel(KERNEL, Start(End.REPLIED, 0.6), "/opt/conda", "/opt/conda/bin/python")
    assert code(judged(tmp_path, other)) == "kernel-runs-elsewhere"


@pytest.mark.parametrize(
    ("end", "expected"),
    [(End.DIED, "kernel-died"), (End.SILENT, "kernel-hangs"), (End.REPLIED, "kernel-died")],
)
def test_no_kernel_and_no_cause(
    tmp_path: Path, end: End, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that answers, and not what it is asked."""
    monkeypatch.setattr(starts, "comes_up", lambda _env, _removed: False)
    assert code(judged(tmp_path, SharedKernel(None, Start(end, 0.6)))) == expected


def test_nothing_is_started_on_a_machine_that_cannot_talk_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A described machine fails as soon as it would start a kernel."""
    down = fail("loopback-down", "described")
    monkeypatch.setattr(loopback, "diagnose", lambda: down)
    fails(kernel_starts(STACK), learner(tmp_path), "loopback-down")
