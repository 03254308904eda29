"""What installing programs say against a course: words of pip, uv and conda, shortened."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.processes.process import Ending, Finished, Processes
from envcheck.rehearsal.installing import install
from envcheck.rehearsal.matrix import State

PIP_NO_VERSION = """\
ERROR: Ignored the following versions that require a different python version: 1.0 Requires-Python <3.13
ERROR: Could not find a version that satisfies the requirement tiny==1.0 (from versions: 2.0)
ERROR: No matching distribution found for tiny==1.0
"""
PIP_NO_INDEX = """\
WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError('<HTTPSConnection>: \
Failed to establish a new connection: [Errno 111] Connection refused')': /simple/tiny/
ERROR: Could not find a version that satisfies the requirement tiny==1.0 (from versions: none)
ERROR: No matching distribution found for tiny==1.0
"""
UV_NO_VERSION = """\
  \u00d7 No solution found when resolving dependencies:
  \u2570\u2500\u25b6 Because there is no version of tiny==9 and you require tiny==9, we can
      conclude that your requirements are unsatisfiable.
"""
UV_NO_INDEX = "error: Failed to fetch: `https://pypi.org/simple/tiny/`\n  Caused by: dns error\n"
BUILD = "ERROR: Failed to build 'markupsafe' when getting requirements to build wheel\n"


class Told(Processes):
    """Programs that end with a code and some words."""

    def __init__(self, *finished: Finished) -> None:
        self.finished = [*finished]

    def run(self, argv: object, **_: object) -> Finished:  # told, not run
        return self.finished.pop(0)


def ended(stderr: str, code: int = 1, ending: Ending = Ending.EXITED) -> Finished:
    return Finished(("pip",), ending, code, "", stderr, 1.0)


@pytest.mark.parametrize(
    ("said", "state", "summary"),
    [
        (PIP_NO_VERSION, State.NOT_READY, "nothing on the index fits tiny==1.0"),
        (PIP_NO_INDEX, State.UNDETERMINED, "the package index did not answer"),
        (UV_NO_INDEX, State.UNDETERMINED, "the package index did not answer"),
        (
            UV_NO_VERSION,
            State.NOT_READY,
            "installing: No solution found when resolving dependencies: Because there is no version "
            "of tiny==9 and you require tiny==9, we can",
        ),
        (
            BUILD,
            State.NOT_READY,
            "installing: Failed to build 'markupsafe' when getting requirements to build wheel",
        ),
        ("Killed\n", State.NOT_READY, "installing ended with exit code 1"),
    ],
)
def test_what_is_told(said: str, state: State, summary: str, tmp_path: Path) -> None:
    argv = [str(tmp_path / ".venv" / "bin" / "python"), "-m", "pip", "install", "tiny==1.0"]
    refusal = install([argv], tmp_path, {}, Told(ended(said)), 60)
    assert refusal is not None
    assert (refusal.state, refusal.cause.summary) == (state, summary)
    assert dict(refusal.cause.evidence)["typed"].endswith("python -m pip install tiny==1.0")
    assert str(tmp_path) not in dict(refusal.cause.evidence)["typed"]


def test_second_command_is_not_tried_after_a_refusal(tmp_path: Path) -> None:
    told = Told(ended("no\n"), ended("", 0))
    assert install([["a"], ["b"]], tmp_path, {}, told, 60) is not None
    assert len(told.finished) == 1
    assert install([["b"]], tmp_path, {}, told, 60) is None


@pytest.mark.parametrize("ending", [Ending.TIMED_OUT, Ending.NOT_STARTED, Ending.FLOODED])
def test_what_was_not_carried_out_says_nothing_of_the_course(
    ending: Ending, tmp_path: Path
) -> None:
    refusal = install([["pip"]], tmp_path, {}, Told(ended("x", 1, ending)), 60)
    assert refusal is not None
    assert refusal.state is State.UNDETERMINED
