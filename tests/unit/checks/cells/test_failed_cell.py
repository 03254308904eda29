"""A cell that cannot be stopped: a setting of the learner's, or nobody knows why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import diagnosed, on, python_at

from envcheck import fact
from envcheck_checks.cells import failed_cell
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import KernelSpec, LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.python import start_files

RAISED = ("ZeroDivisionError", "division by zero")
DEAF = Execution(End.SILENT, text="running\n", seconds=15.0)


@pytest.mark.parametrize(
    ("guilty", "code"),
    [
        (SettingKind.IPYTHON, "ipython-startup-breaks"),
        (SettingKind.SPEC_WORDS, "kernelspec-variables-break"),
        (None, "kernel-not-interrupted"),
    ],
)
def test_why_a_cell_cannot_be_stopped(
    tmp_path: Path, guilty: SettingKind | None, code: str
) -> None:
    startup = tmp_path / "ours/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "40-safe.py").touch()
    words = ("python", "-m", "ipykernel_launcher", "-f", "{connection_file}", "--safe")
    spec = KernelSpec(
        words, "python", {}, "Python 3", "signal", str(tmp_path / "venv/share/python3")
    )
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, spec),
        private_folders: PrivateFolders({}, tmp_path / "home/.ipython", tmp_path / "ours"),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)

    def stops(changes: Sequence[Removed]) -> bool:
        return any(change.kind is guilty for change in changes)

    diagnosis = diagnosed(failed_cell.not_interrupted(env, DEAF, stops))
    assert diagnosis.code == code
    assert "cannot be stopped" in diagnosis.summary
    assert any(fix.automatic for fix in diagnosis.fixes) is (guilty is not None)


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (Execution(End.REPLIED, error=RAISED, traceback="..."), "ZeroDivisionError: division by"),
        (Execution(End.REPLIED, error=RAISED, traceback="...", red="old\n"), "ZeroDivisionError"),
        (Execution(End.REPLIED, error=RAISED), "ZeroDivisionError"),
        (Execution(End.REPLIED, error=RAISED, red="No module named 'stack_data'\n"), "No module"),
    ],
)
def test_what_came_back(tmp_path: Path, done: Execution, found: str) -> None:
    """What was shown in place of the error is what stands behind it."""
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        private_folders: PrivateFolders({}, tmp_path / "home/.ipython", tmp_path / "ours"),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    diagnosis = diagnosed(failed_cell.diagnose(env, "error", done, "", lambda changes: False))
    assert diagnosis.evidence.found is not None
    assert diagnosis.evidence.found.startswith(found)


def test_a_start_file_is_asked_in_kernels_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each trial leaves these files out and changes nothing else; what hung is not tried again."""
    tried: list[Sequence[Removed]] = []

    def asked(
        env: object, works: Callable[[Sequence[str]], bool], what: str, actual: str, *, late: bool
    ) -> None:
        assert works(["/v/a.pth", "/v/b.pth"])
        assert works([""])

    monkeypatch.setattr(start_files, "keeps_from_working", asked)
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))

    def works(changes: Sequence[Removed]) -> bool:
        tried.append(changes)
        return True

    retry = Retry(works)
    failed_cell.find_start_file(env, Failure("no picture", "x", retry=retry))
    kinds = [[(change.kind, change.name) for change in changes] for changes in tried]
    left_out = SettingKind.START_FILE
    assert kinds == [[(left_out, "/v/a.pth"), (left_out, "/v/b.pth")], []]
    failed_cell.find_start_file(env, Failure("no picture", "x", retry=retry, hung=True))
    failed_cell.find_start_file(env, Failure("no picture", "x"))
    assert len(tried) == 2
