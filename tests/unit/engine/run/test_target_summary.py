"""The Python under test, as a report shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.environment import Located
from envcheck.processes.process import Ending, Finished
from envcheck.run.target_summary import summarize_target, version_of_mac
from envcheck.target.interpreter import Trouble, Unusable, target
from envcheck.testing import described, interpreter

LOCATED = Located(("/here/python",), "the active environment")


def test_a_python_that_answers() -> None:
    """It is shown as it describes itself."""
    summary = summarize_target(described(python=interpreter("3.12.4"), located=LOCATED), wait=True)
    assert (summary.version, summary.kind, summary.bits) == ("3.12.4", "venv", 64)
    assert summary.located_by == "the active environment"
    assert set(summary.os) == {"name", "version", "machine"}


def test_a_python_that_does_not_answer() -> None:
    """The command is shown, and no version."""
    finished = Finished(("python",), Ending.NOT_STARTED, None, "", "", 0.1)
    unusable = Unusable(Trouble.MISSING, ("python",), finished)
    summary = summarize_target(described(facts={target: unusable}, located=LOCATED), wait=True)
    assert (summary.python, summary.version) == ("/here/python", None)
    assert summary.answered is False


def test_where_none_was_found_none_is_named() -> None:
    """What was tried instead is no Python of the learner's."""
    finished = Finished(("python3",), Ending.NOT_STARTED, None, "", "", 0.1)
    unusable = Unusable(Trouble.MISSING, ("python3",), finished)
    located = Located(("python3",), "nothing was found", trouble="there is no Python")
    summary = summarize_target(described(facts={target: unusable}, located=located), wait=True)
    assert (summary.python, summary.answered) == (None, None)


def test_nobody_is_waited_for_after_an_interruption(tmp_path: Path) -> None:
    """What nobody has asked yet is not asked then."""
    summary = summarize_target(described(located=LOCATED, folder=tmp_path), wait=False)
    assert (summary.python, summary.version) == ("/here/python", None)
    assert summary.answered is None


@pytest.mark.parametrize(
    ("said", "kernel", "version"),
    [
        ("16.0", "25.1.0", "26"),
        ("10.16", "21.6.0", "12"),
        ("10.16", "25.0.0", "26"),
        ("26.1", "25.1.0", "26.1"),
        ("15.7.1", "24.6.0", "15.7.1"),
        ("10.15.7", "19.6.0", "10.15.7"),
        ("", "6.1.0", ""),
    ],
)
def test_the_version_of_a_mac(said: str, kernel: str, version: str) -> None:
    """A Python that was built before macOS 26, or 11, is told a number that no Mac has."""
    assert version_of_mac(said, kernel) == version
