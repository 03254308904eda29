"""Where the learner's own settings are looked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.target.home import home_for_ours, home_of, registered_home

NAME = "USERPROFILE" if sys.platform == "win32" else "HOME"


def test_the_variable_decides(tmp_path: Path) -> None:
    """It is the learner's variable, not that of our own process."""
    assert home_of({NAME: str(tmp_path)}) == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="the list of users is POSIX's")
def test_without_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The list of users decides, not the HOME of our own process; who is not on it has the root, as
    in Docker. One that is set to nothing is the root, too.
    """
    import pwd

    monkeypatch.setenv("HOME", str(tmp_path))
    here = Path(pwd.getpwuid(os.getuid()).pw_dir)
    assert home_of({}) == here
    for value in ("", "/", str(tmp_path)):
        monkeypatch.setenv("HOME", value)
        assert home_of({"HOME": value}) == Path(os.path.expanduser("~"))
    assert home_for_ours({"HOME": ""}) == home_for_ours({}) == here
    assert home_for_ours({"HOME": str(tmp_path)}) == tmp_path

    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert home_of({}) == Path("/")


@pytest.mark.skipif(sys.platform == "win32", reason="the list of users is POSIX's")
def test_the_registered_home_does_not_ask_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """None for a user id that nobody registered."""
    import pwd

    assert registered_home() == Path(pwd.getpwuid(os.getuid()).pw_dir)
    monkeypatch.setattr("os.getuid", lambda: 987654)
    assert registered_home() is None
