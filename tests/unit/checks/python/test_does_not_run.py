"""A Python that gave no answer once is asked again, before anything is put in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import diagnosed, on

from envcheck.model import Unknown
from envcheck.processes.process import Ending, Finished
from envcheck.target import interpreter
from envcheck.target.interpreter import Interpreter, Trouble, Unusable, target
from envcheck.target.script import Answer
from envcheck.testing import described
from envcheck_checks.python import does_not_run, start_files, trial
from envcheck_checks.python.fine import fine
from envcheck_checks.python.replacement import Wanted

WANTED = Wanted(">=3.9")
LATE = Answer((), Finished(("python",), Ending.TIMED_OUT, None, "", "", 20.0))
ENDED = Answer((), Finished(("python",), Ending.EXITED, 1, "", "no licence", 0.3))
DESCRIPTION = {
    **{"executable": "/v/bin/python", "version": "3.12.4", "implementation": "cpython"},
    **{"prefix": "/v", "base_prefix": "/usr", "bits": 64, "path": []},
}
ANSWER = Answer((DESCRIPTION,), Finished(("python",), Ending.EXITED, 0, "", "", 1.0))


def asked(monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> Interpreter | Unusable:
    """What is known of a target that gives these answers, one after the other."""
    left = list(answers)
    monkeypatch.setattr(interpreter, "ask", lambda *_, **__: left.pop(0))
    monkeypatch.setattr(interpreter, "is_description", bool)
    known = target(described())
    assert not left
    return known


def test_a_first_start_that_is_slow_is_no_hang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files came from a cold disk; the second start is an answer, and how long the first took is
    said.
    """
    python = asked(monkeypatch, LATE, ANSWER)
    assert isinstance(python, Interpreter)
    assert fine(on("linux", tmp_path, python), python).summary.endswith("first start took 21 s")


def test_two_silences_are_a_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not asked a third time, and it is named."""
    dead = asked(monkeypatch, LATE, LATE)
    assert isinstance(dead, Unusable)
    monkeypatch.setattr(trial, "ask", None)
    monkeypatch.setattr(start_files, "ask", lambda *_, **__: LATE)
    monkeypatch.setattr(does_not_run, "instead", lambda *_: ())
    assert (
        diagnosed(does_not_run.diagnose(on("linux", tmp_path), dead, WANTED)).code == "python-hangs"
    )


@pytest.mark.parametrize("answers", [(ANSWER,), (ENDED,), (LATE, ENDED)])
def test_what_answered_is_not_asked_again(
    answers: tuple[Answer, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(asked(monkeypatch, *answers), Interpreter) is (answers[-1] is ANSWER)


@pytest.mark.parametrize(("again", "broken"), [(ANSWER, False), (ENDED, True)])
def test_one_that_ended_once_and_starts_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: Answer, broken: bool
) -> None:
    """Nothing is put in its place."""
    monkeypatch.setattr(trial, "ask", lambda *_, **__: again)
    monkeypatch.setattr(start_files, "ask", lambda *_, **__: ENDED)
    monkeypatch.setattr(does_not_run, "instead", lambda *_: ())
    dead = Unusable(Trouble.FAILS, ("python",), ENDED.finished)
    outcome = does_not_run.diagnose(on("linux", tmp_path), dead, WANTED)
    if broken:
        assert diagnosed(outcome).code == "python-does-not-start"
    else:
        assert isinstance(outcome, Unknown)


def test_links_in_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It did not run, and is no other program."""
    (tmp_path / "python").symlink_to("python3")
    (tmp_path / "python3").symlink_to("python")
    monkeypatch.setattr(does_not_run, "instead", lambda *_: ())
    program = str(tmp_path / "python")
    ended = Finished((program,), Ending.NOT_STARTED, None, "", "OSError: Too many levels", 0.1)
    dead = Unusable(Trouble.MISSING, (program,), ended)
    told = diagnosed(does_not_run.diagnose(on("linux", tmp_path), dead, WANTED))
    assert told.code == "python-environment-broken"
    assert "leads back to itself" in told.summary
    assert told.evidence.found == f"{program} -> python3"
