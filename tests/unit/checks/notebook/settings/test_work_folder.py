"""A file of the work folder that stops `python -m notebook` there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, file_at, on, python_at

from envcheck import Environment
from envcheck_checks.commands.facts import jupyter_command
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import shadowing
from envcheck_checks.jupyter.check import likely_way
from envcheck_checks.notebook.settings import work_folder

FAILURE = Failure("the notebook server does not start", stack=STACK)


def learner(tmp_path: Path, **starts: bool) -> Environment:
    """`starts` says in which folder the program gets so far as to say its version."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts={jupyter_command: None})
    way = likely_way(env, STACK)
    assert way is not None
    folders = {"here": env.folder, "elsewhere": env.neutral_folder, "alone": tmp_path / "alone"}
    for name, answer in starts.items():
        env.preload(f"{way.spoken} starts in {folders[name]}", answer)
    return env


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        ({"here": False, "elsewhere": True, "alone": False}, "file-hides-module"),
        ({"here": True}, None),
        ({"here": False, "elsewhere": False}, None),
        ({"here": False, "elsewhere": True, "alone": True}, None),  # several only together
    ],
)
def test_a_file_is_blamed_that_alone_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts: dict[str, bool], code: str | None
) -> None:
    env = learner(tmp_path, **starts)
    file = file_at(env.folder / "secrets.py")
    monkeypatch.setattr(shadowing, "hiding", lambda _: [file])
    monkeypatch.setattr(shadowing, "alone", lambda *_: tmp_path / "alone")
    diagnosis = work_folder.diagnose(env, FAILURE)
    assert (diagnosis.code if diagnosis else None) == code
    assert diagnosis is None or diagnosis.evidence.found == str(file)


def test_no_such_file(tmp_path: Path) -> None:
    """Then nothing is tried."""
    assert work_folder.diagnose(learner(tmp_path), FAILURE) is None
    assert work_folder.diagnose(learner(tmp_path), Failure("nothing starts")) is None
