"""A start-up file is named where something works without it, and fails with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, file_at, on, python_at, said

from envcheck.process import Ending, Finished
from envcheck.target.interpreter import Trouble, Unusable
from envcheck.target.script import Answer
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.pip import own_start
from envcheck_checks.python import start_files


def test_a_file_is_not_blamed_by_a_slow_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of pip, of a Python that ended, of a path: without the file it answers, with it too late."""
    python = python_at(tmp_path / "venv", {**WHOLE, "pip": "24.0"})
    file = file_at(Path(python.paths["purelib"]) / "zz_guard.pth", "import sys\n")
    env = on("linux", tmp_path, python)
    late = Finished((), Ending.TIMED_OUT, None, "", "", 3.0)

    def asked(_env: object, _command: object, _source: str, *left_out: str, **_: object) -> Answer:
        if not left_out:
            return Answer(({"files": [str(file)]},), said())
        return Answer((), late) if left_out == ("",) else Answer(({"path": ["right"]},), said())

    def run(_env: object, command: Sequence[str], **_: object) -> Finished:
        return said() if str(file) in command else late

    monkeypatch.setattr(start_files, "ask", asked)
    monkeypatch.setattr(type(env), "run", run)
    ended = Unusable(Trouble.FAILS, (python.executable,), said(code=1))
    assert start_files.diagnose(env, ended, tuple) is None
    assert (
        start_files.find_changing_file(env, lambda answer: answer.get("path") == ["right"]) is None
    )
    retry = own_start.retry(env, late=False)
    assert own_start.find_start_file(env, Failure("pip does not run", retry=retry)) is None
