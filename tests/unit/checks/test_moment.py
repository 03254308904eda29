"""A verdict does not depend on the moment: what works when it is tried again, and what was given up
while it was at work, is not called broken.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.guards.source import of_kind
from tests.unit.described_machines import STACK, on, python_at

import envcheck_checks
from envcheck import Diagnosis, Environment, Outcome, fact, fail
from envcheck.model import Unknown
from envcheck_checks.cells import failed_cell, stop_button
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Retry, Trial
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel import does_not_start, kernelspec, shared, starts, wrapper
from envcheck_checks.kernel.answers import End, Execution, Start
from envcheck_checks.kernel.shared import SharedKernel, shared_kernel, usual_comes_up
from envcheck_checks.notebook.launching import does_not_start as server_does_not_start
from envcheck_checks.notebook.server.learners_server import Server

RAISED = Execution(End.REPLIED, "error", error=("ValueError", "x"))
DIED = Start(End.DIED, 0.3, 1)
SPEC = KernelSpec(("start.sh",), "start.sh", {}, "ML", "signal", "/k")


def learner(tmp_path: Path, setting: str = "") -> Environment:
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, SPEC),
        private_folders: PrivateFolders({}, tmp_path / "home/.ipython", tmp_path / "ours"),
    }
    python = python_at(tmp_path / "venv")
    return (
        on("linux", tmp_path, python, facts=facts, PYTHONWARNINGS=setting)
        if setting
        else on("linux", tmp_path, python, facts=facts)
    )


def of_cell(env: Environment, works: Trial, done: Execution = RAISED) -> Outcome:
    return failed_cell.diagnose(env, "number", done, "", works)


def of_stop_button(env: Environment, works: Trial) -> Outcome:
    return failed_cell.not_interrupted(env, Execution(End.SILENT, text="running"), works)


def of_kernel(env: Environment, works: Trial, start: Start = DIED) -> Outcome:
    return does_not_start.diagnose(env, STACK, start, works)


def of_server(
    env: Environment, works: Trial, code: int | None = 1, *, at_work: bool = False
) -> Outcome:
    running = SimpleNamespace(code=code, settled_log=lambda: "", is_at_work=lambda: at_work)
    up = Server(cast(Any, running), Path(), Path())
    return server_does_not_start.diagnose(env, STACK, up, works, "")


FAILURES: dict[str, Callable[[Environment, Trial], Outcome]] = {
    "a cell": of_cell,
    "a cell that gave no answer": lambda env, works: of_cell(env, works, Execution(End.SILENT)),
    "the stop button": of_stop_button,
    "a kernel that died": of_kernel,
    "a kernel that hangs": lambda env, works: of_kernel(env, works, Start(End.SILENT, 45.0)),
    "a server that ended": of_server,
    "a server that hangs": lambda env, works: of_server(env, works, None),
}


@pytest.mark.parametrize("setting", ["", "error"], ids=["empty", "a setting"])
@pytest.mark.parametrize("judged", FAILURES.values(), ids=FAILURES)
def test_what_works_now_is_not_called_broken(
    judged: Callable[[Environment, Trial], Outcome], setting: str, tmp_path: Path
) -> None:
    """And what fails again is."""
    env = learner(tmp_path, setting)
    assert isinstance(outcome := judged(env, lambda _removed: True), Unknown), outcome
    assert "works now" in outcome.summary
    assert isinstance(judged(env, lambda _removed: False), Diagnosis)
    assert isinstance(judged(env, lambda _removed: None), Diagnosis)


@pytest.mark.parametrize(
    "judged",
    [
        lambda env, works: of_cell(env, works, Execution(End.SILENT, at_work=True)),
        lambda env, works: of_kernel(env, works, Start(End.SILENT, 45.0, at_work=True)),
        lambda env, works: of_server(env, works, None, at_work=True),
    ],
    ids=["a cell", "a kernel", "a server"],
)
def test_what_was_at_work_is_slow(
    judged: Callable[[Environment, Trial], Outcome], tmp_path: Path
) -> None:
    """It is not tried again only to be given up again, and no innocent setting is blamed."""

    def works(removed: Sequence[Removed]) -> bool | None:
        return True if removed else None

    outcome = judged(learner(tmp_path, "error"), works)
    assert isinstance(outcome, Unknown)
    assert outcome.summary.endswith("in time, as on a slow or busy machine")


def test_a_guess_is_asked_where_it_fails_again(tmp_path: Path) -> None:
    """What lies in the packages by somebody's good reason explains nothing that works now."""

    def modified(_env: Environment, _failure: Failure) -> Diagnosis:
        return fail("package-modified", "somebody changed it")

    def word(again: bool) -> Outcome:
        causes = (order.LAST[0],)
        failure = Failure("x", retry=Retry(lambda _removed: again))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(order, "LAST", (modified,))
            return order.judge(env, failure, (modified, *causes[:0]), lambda: fail("plain", "x"))

    env = learner(tmp_path)
    assert isinstance(word(again=True), Unknown)
    assert isinstance(told := word(again=False), Diagnosis) and told.code == "package-modified"


def test_what_is_seen_once_is_not_tried_twice(tmp_path: Path) -> None:
    """The control of a trial is the same thing once more: it serves for the last word."""
    asked: list[int] = []

    def works(removed: Sequence[Removed]) -> bool:
        asked.append(len(removed))
        return bool(removed) or True

    of_kernel(learner(tmp_path, "error"), works, Start(End.SILENT, 45.0))
    assert asked.count(0) == 1


def test_what_works_alone_and_not_in_its_place_is_broken(tmp_path: Path) -> None:
    """A cell that fails only after those before it: in a kernel of its own it proves nothing."""
    env = learner(tmp_path)

    def judged(in_full: bool | None) -> Outcome:
        return failed_cell.diagnose(
            env, "table", RAISED, "", lambda _removed: True, in_full=lambda: in_full
        )

    assert isinstance(judged(True), Unknown)
    assert isinstance(judged(False), Diagnosis)
    assert isinstance(judged(None), Diagnosis)


def test_a_stop_button_that_was_never_pressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cell did not begin: nothing is known of the button, here and in its trials."""
    silent = stop_button.Pressed(Execution(End.SILENT), 0)
    monkeypatch.setattr(stop_button, "press", lambda *_: silent)
    assert isinstance(stop_button.find_fault(learner(tmp_path), cast(Any, None)), Unknown)
    assert stop_button._stops(cast(Any, None)) is None


def test_a_kernel_that_starts_and_is_slow_with_its_first_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came up: it is not dead, and its spec is not at fault."""
    closed: list[bool] = []
    kernel = SimpleNamespace(
        wait_ready=lambda *_: Start(End.REPLIED, 30.0),
        execute=lambda *_: Execution(End.SILENT, seconds=15.0, at_work=True),
        close=lambda: closed.append(True),
    )
    env = learner(tmp_path)
    ready = shared._ready(env, SharedKernel(cast(Any, kernel), Start(End.SILENT, 0.0)))
    assert (ready.kernel, ready.start.end, ready.start.at_work, closed) == (
        None,
        End.SILENT,
        True,
        [True],
    )
    monkeypatch.setattr(starts, "comes_up", lambda *_: None)
    monkeypatch.setattr(wrapper, "comes_up", lambda *_: None)
    assert isinstance(starts.judge(env, STACK, ready), Unknown)
    env.preload(shared_kernel.name, ready)
    env.preload(usual_comes_up.name, True)
    monkeypatch.setattr(kernelspec, "find_fault", lambda *_: None)
    monkeypatch.setattr(wrapper, "is_called_python", lambda _: False)
    assert isinstance(wrapper.find_fault(env, cast(Any, None), SPEC), Unknown)


# They make warnings of what a trial shows, and say nothing where none does.
WITHOUT_A_LAST_WORD = {
    "notebook/launching/other_page.py",
    "cells/tab_key.py",
    "cells/repeated_line.py",
}


def modules_with_a_trial() -> Iterator[tuple[str, str]]:
    root = Path(envcheck_checks.__path__[0])
    for file in root.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "retry=" not in text:
            continue
        names = {
            node.func.id for node in of_kind(file, ast.Call) if isinstance(node.func, ast.Name)
        }
        if names & {"Failure"}:
            yield file.relative_to(root).as_posix(), text


def test_every_failure_that_is_tried_again_has_its_last_word_by_judge() -> None:
    """Nobody goes from "no cause explains it" to an error without having tried it once more."""
    without = {
        name for name, text in modules_with_a_trial() if "judge(" not in text
    } - WITHOUT_A_LAST_WORD
    assert not without
