"""How a learner's server is started."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from tests.unit.described_machines import file_at, on

from envcheck import Environment
from envcheck.processes.running import Running
from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.server import learners_server
from envcheck_checks.notebook.server.learners_server import AddsWords, Server

WAY = LaunchWay("notebook", ("/venv/bin/jupyter", "notebook"), "jupyter notebook")
Started = dict[str, Any]


def started(
    env: Environment, monkeypatch: pytest.MonkeyPatch, *changes: Removed
) -> tuple[Sequence[str], Path, Mapping[str, str | None]]:
    """The words, the folder and the variables that a server is started with."""
    seen: Started = {}

    def start(argv: Sequence[str], **how: object) -> object:
        seen.update(how, argv=argv)
        return object()

    monkeypatch.setattr(env, "start", start)
    learners_server.start(env, WAY, "server", changes)
    return seen["argv"], seen["cwd"], cast(Mapping[str, "str | None"], seen["variables"])


def learner(tmp_path: Path) -> Environment:
    ours = tmp_path / "scratch" / "ipython"
    folders = PrivateFolders({"IPYTHONDIR": str(ours)}, tmp_path / "home" / ".ipython", ours)
    return on("linux", tmp_path, facts={private_folders: folders})


def test_it_starts_what_is_typed_where_it_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = learner(tmp_path)
    argv, cwd, variables = started(env, monkeypatch)
    assert (tuple(argv[:2]), cwd) == (WAY.argv, env.folder)
    assert "JUPYTER_CONFIG_DIR" not in variables


def test_a_trial_takes_away_the_folder_or_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = learner(tmp_path)
    folder = Removed(SettingKind.FOLDER, str(env.folder), cwd=tmp_path / "empty")
    name = Removed(SettingKind.VARIABLE, "JUPYTER_PATH", {"JUPYTER_PATH": None})
    _, cwd, variables = started(env, monkeypatch, folder, name)
    assert cwd == tmp_path / "empty"
    assert variables["JUPYTER_PATH"] is None


@pytest.mark.parametrize(("line", "word"), [("", True), ("c.ServerApp.allow_root = True\n", False)])
def test_root_says_so_unless_a_file_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, word: bool
) -> None:
    """A trial that takes the file away says it again."""
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    env = learner(tmp_path)
    settings = {"ServerApp": {"allow_root": True}} if line else {}
    file = file_at(tmp_path / "home" / ".jupyter" / "jupyter_server_config.py", line)
    env.preload(config_files.name, (ConfigFile(str(file), settings),))
    argv, _, _ = started(env, monkeypatch)
    assert ("--allow-root" in argv) is word
    argv, _, _ = started(env, monkeypatch, Removed(SettingKind.CONFIG, "nowhere"))
    assert "--allow-root" in argv


class Fake:
    """A program that has ended, or goes on, with this on stderr."""

    def __init__(self, said: str = "", *, over: bool = False) -> None:
        self.pid, self.over, self.said = os.getpid(), over, said

    def settled_log(self) -> str:
        return self.said

    def wait(self, _seconds: float) -> bool:
        return self.over

    def end(self) -> None:
        self.over = True


def test_a_server_that_listens_to_others_is_stopped(tmp_path: Path) -> None:
    """Whatever it was told: a command of the learner's may add words of its own."""
    running = Fake()
    up = Server(cast(Running, running), tmp_path, tmp_path)
    with socket.socket() as one:
        one.bind(("0.0.0.0", 0))
        one.listen()
        port = one.getsockname()[1]
        file_at(tmp_path / "runtime/jpserver-1.json", f'{{"port": {port}, "pid": {running.pid}}}')
        with pytest.raises(AddsWords, match=r"0\.0\.0\.0"):
            up.wait_up(time.monotonic() + 5)
    assert running.over


def test_words_that_are_there_twice(tmp_path: Path) -> None:
    """traitlets takes one value, and the command has given its own."""
    said = "Error loading argument ServerApp.ip=['localhost', '0.0.0.0'], ip only accepts one value, got 2: ['localhost', '0.0.0.0']"
    up = Server(cast(Running, Fake(said, over=True)), tmp_path, tmp_path)
    with pytest.raises(AddsWords, match="only accepts one value"):
        up.wait_up(time.monotonic() + 5)
    ended = Server(cast(Running, Fake("another error", over=True)), tmp_path, tmp_path)
    assert not ended.wait_up(time.monotonic() + 5)
