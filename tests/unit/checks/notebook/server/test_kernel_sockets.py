"""Kernels that are spoken with through files in the runtime folder: theirs is bound in."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on

from envcheck import Diagnosis, Environment, fact
from envcheck.processes.process import Processes
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.server import kernel_sockets

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with such sockets")
FAILURE = Failure("the notebook server does not start")


def learner(tmp_path: Path, runtime: Path, transport: str = "ipc") -> Environment:
    file = tmp_path / "home" / ".jupyter" / "jupyter_server_config.py"
    file_at(file, f"c.KernelManager.transport = {transport!r}\n")
    facts: dict[fact[Any], object] = {
        config_files: (ConfigFile(str(file), {"KernelManager": {"transport": transport}}),),
        learners_jupyter: LearnersJupyter(
            {}, None, runtime=str(runtime), user_config=str(file.parent)
        ),
    }
    return on("linux", tmp_path, facts=facts)


def diagnosed(tmp_path: Path, runtime: Path, transport: str = "ipc") -> Diagnosis | None:
    return kernel_sockets.diagnose(learner(tmp_path, runtime, transport), FAILURE)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest's folders are deep."""
    monkeypatch.setattr(kernel_sockets, "NAME", "k-ipc-1")
    monkeypatch.setattr(kernel_sockets, "_fits", lambda length: True)


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    told = diagnosed(tmp_path, tmp_path / ("d" * 60) / ("e" * 60))
    assert told is not None
    assert "bytes is too long" in told.summary
    assert diagnosed(tmp_path, tmp_path / ("d" * 120), "tcp") is None


@pytest.mark.usefixtures("short")
def test_a_folder_in_which_sockets_stand(
    tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bound below the folder that is there, by a short way to it; nothing is left."""
    monkeypatch.chdir(tmp_path)
    runtime = Path("runtime")
    runtime.mkdir()
    before = runtime.stat().st_mtime_ns
    assert kernel_sockets.cannot_bind(processes, runtime) == ""
    assert kernel_sockets.cannot_bind(processes, runtime / "new") == ""
    assert ([*runtime.iterdir()], runtime.stat().st_mtime_ns) == ([], before)


@pytest.mark.usefixtures("short")
def test_a_disk_without_sockets(
    tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    assert kernel_sockets.cannot_bind(processes, tmp_path) == "Operation not permitted"


def test_ours_is_spoken_with_otherwise_where_it_lies_too_deep(tmp_path: Path) -> None:
    """A learner's is not: it may be well."""
    deep = tmp_path / ("d" * 120)
    assert kernel_sockets.options(learner(tmp_path, tmp_path), deep) == [
        "--KernelManager.transport=tcp"
    ]
    assert kernel_sockets.options(learner(tmp_path, tmp_path, "tcp"), deep) == []
    assert kernel_sockets.options(learner(tmp_path, tmp_path), Path("/run/e")) == []


def test_how_long_a_path_may_be() -> None:
    """By this system itself; Windows' Python has no such sockets, and asks nobody."""
    assert kernel_sockets._fits(90)
    assert not kernel_sockets._fits(200)


def test_a_python_without_such_sockets(
    tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    deep = tmp_path / ("d" * 200)
    assert kernel_sockets.options(learner(tmp_path, tmp_path), deep) == []
    assert kernel_sockets.cannot_bind(processes, deep) == ""
