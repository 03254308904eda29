"""Another account for programs that refuse root: only where the learner is root, and only where one
can be had.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import command_at, said

from envcheck import Environment
from envcheck.testing import described
from envcheck_checks.tools.framework import plain_user as module
from envcheck_checks.tools.framework.plain_user import PlainUser, plain_user

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no root")


def root(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *commands: str, refusing: str = "none"
) -> tuple[Environment, list[list[str]]]:
    """root's terminal with these commands, of which `refusing` does not work; and what
    was started.
    """
    started: list[list[str]] = []
    for command in commands:
        command_at(folder / "bin" / command)
    env = described(scratch=folder, variables={"PATH": str(folder / "bin")})

    def run(argv: list[str], **_: object) -> Any:
        started.append(argv)
        return said(code=1 if argv[0].endswith(refusing) else 0)

    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda *_: None)
    monkeypatch.setattr(env, "run", run)
    return env, started


def test_a_learner_who_is_not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes before the program, and nothing is started."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    user = plain_user(described())
    assert user == PlainUser()
    assert user.words == ""


@pytest.mark.parametrize(
    ("commands", "refusing", "chosen"),
    [
        (("setpriv", "runuser"), "none", "setpriv"),
        (("setpriv", "runuser"), "setpriv", "runuser"),
        (("runuser",), "none", "runuser"),
        (("setpriv",), "setpriv", ""),
        ((), "none", ""),
    ],
)
def test_the_first_command_that_really_writes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    commands: tuple[str, ...],
    refusing: str,
    chosen: str,
) -> None:
    """Tried by a file in the account's own folder; where none can, there is no such user."""
    env, started = root(tmp_path, monkeypatch, *commands, refusing=refusing)
    user = plain_user(env)
    assert len(started) <= len(commands)
    if not chosen:
        assert user is None
        return
    assert user is not None
    assert user.command[0] == str(tmp_path / "bin" / chosen)
    assert "nobody" in user.words
    assert started[-1][-2:] == ["touch", str(tmp_path / "plain-user" / "here")]


def test_a_folder_is_lent_with_all_that_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To that account; where the learner is not root it stays as it is."""
    given: list[str] = []
    monkeypatch.setattr(os, "chown", lambda path, *_: given.append(Path(path).name))
    env = described(scratch=tmp_path)
    folder = env.new_folder("work")
    (folder / "file").touch()
    module.lent(env, folder, PlainUser())
    assert given == []
    module.lent(env, folder, PlainUser(("setpriv",), (65534, 65534)))
    assert sorted(given) == ["file", "work"]
