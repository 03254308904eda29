"""pip is whole, and a start-up file ends it: nothing of pip's is moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at, said

from envcheck import Diagnosis
from envcheck.process import Finished
from envcheck_checks.diagnosis.failure import Retry
from envcheck_checks.pip import not_running, own_start

WITH_PIP = {**WHOLE, "pip": "24.0"}
SAYS_SO = "pip 24.0 from /venv/lib/python3.11/site-packages/pip (python 3.11)\n"

RETRY = own_start.retry


@pytest.fixture(autouse=True)
def pip_fails_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is run once more."""
    monkeypatch.setattr(own_start, "retry", lambda *_, **__: Retry(lambda _removed: False))


@pytest.mark.parametrize(
    ("differs", "stderr", "automatic"),
    [
        (["pip"], "SystemExit: licence expired", True),
        ([], 'File "{site}/pip/_internal/cli/main.py", line 1', True),
        ([], "SystemExit: licence expired", False),
    ],
)
def test_pip_is_moved_aside_where_its_own_files_are_at_fault(
    differs: list[str],
    stderr: str,
    automatic: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    python = python_at(tmp_path / "venv", WITH_PIP)
    file_at(Path(python.paths["purelib"]) / "pip/__init__.py")
    monkeypatch.setattr(own_start, "differing", lambda _env, _names: differs)
    text = stderr.format(site=python.paths["purelib"])
    told = not_running.diagnose(on("linux", tmp_path, python), STACK, said(stderr=text, code=1))
    assert isinstance(told, Diagnosis)
    assert (told.code, told.fixes[0].automatic) == ("pip-broken", automatic)


def test_without_that_file_pip_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the cause, and pip stays where it is."""
    python = python_at(tmp_path / "venv", WITH_PIP)
    file = file_at(Path(python.paths["purelib"]) / "zz_guard.pth", "import sys; sys.exit()\n")
    env = on("linux", tmp_path, python)

    def run(command: tuple[str, ...], **_: object) -> Finished:
        assert (command[0], command[-3:]) == (python.executable, ("--", "pip", "--version"))
        return said(stdout=SAYS_SO) if str(file) in command else said(code=1)

    monkeypatch.setattr(type(env), "run", lambda _env, command, **named: run(command, **named))
    told = not_running.diagnose(env, STACK, said(stderr="SystemExit: licence", code=1))
    assert isinstance(told, Diagnosis)
    assert (told.code, told.evidence.looked_in) == ("start-file-misleads", str(file))


@pytest.mark.parametrize(
    ("answer", "works"),
    [
        (said(stdout=SAYS_SO), True),
        (said(stdout=SAYS_SO, code=1), True),  # as with PYTHONINSPECT=1 and no terminal
        (said(stdout="\ufeffp i p", code=0), False),  # as with PYTHONIOENCODING=utf-16
        (said(stdout="", code=0), False),
    ],
)
def test_it_works_by_what_the_check_asks_for(
    answer: Finished, works: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a trial asks for less, it "works now, and did not the first time"."""
    python = python_at(tmp_path / "venv", WITH_PIP)
    env = on("linux", tmp_path, python)
    monkeypatch.setattr(type(env), "run", lambda *_, **__: answer)
    assert RETRY(env, late=False).works([]) is works
