"""A port in the learner's Jupyter config that no server can open: ours listens on another and would
not meet it.
"""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from tests.ports import free_ports
from tests.unit.described_machines import command_at

from envcheck import Environment, Tell, fact
from envcheck.testing import described, interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import port_holder
from envcheck_checks.notebook.settings import only_port, port
from envcheck_checks.notebook.settings.address import FORBIDDEN

JUPYTER = LearnersJupyter({}, None, user_config="/home/ada/.jupyter")


PREFIX = "/home/ada/ml/.venv"
FAILURE = Failure("the notebook server does not start")


def said(*ports: object, retries: object = None, **variables: str) -> str:
    """The summary for files that set these ports, the last of which wins; empty when nothing is
    said.
    """
    found = port.diagnose(learner(*ports, retries=retries, **variables), FAILURE)
    return found.summary if found is not None else ""


def learner(
    *ports: object, retries: object = None, prefix: str = PREFIX, **variables: str
) -> Environment:
    """One whose files set these ports, and how many others may be tried."""
    last = {} if retries is None else {"ServerApp": {"port_retries": retries}}
    files = tuple(
        ConfigFile(f"/home/ada/.jupyter/{number}.py", {"ServerApp": {"port": port}})
        for number, port in enumerate(ports)
    )
    facts: dict[fact[Any], object] = {
        config_files: (*files, ConfigFile("/home/ada/.jupyter/x.py", last)),
        learners_jupyter: JUPYTER,
    }
    python = interpreter(prefix=prefix)
    # What a file sets is known as soon as one of them may set it
    variables = {"HOME": "/home/ada", "JUPYTER_PLATFORM_DIRS": "1", **variables}
    return described(variables=variables, facts=facts, python=python)


def test_what_is_no_port() -> None:
    """A text and a number too large end Jupyter."""
    assert "a text" in said("8888")
    assert "does not exist" in said(88888)
    assert "a text" in said(8899, "8888")


def test_no_port_and_any_port() -> None:
    """Nothing is said of files that set none, of 0, and of a wrong one that a later file sets
    right.
    """
    assert said() == said(0) == said("8888", 0) == ""


def test_a_port_that_is_taken() -> None:
    """Jupyter takes another one then: perhaps the learner's own Jupyter runs there."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        assert said(other.getsockname()[1]) == ""


def test_the_only_port_that_it_may_take_is_taken() -> None:
    """By a file or by variables; a port that is free is no trouble, nor is one more to try."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        port = other.getsockname()[1]
        assert f"port {port} is taken" in said(port, retries=0)
        assert f"port {port} is taken" in said(JUPYTER_PORT=str(port), JUPYTER_PORT_RETRIES="0")
        assert said(port, retries=0, JUPYTER_PORT_RETRIES="5") != ""
        assert said(port, retries=1) == said(port, retries=1, JUPYTER_PORT_RETRIES="0") == ""
    assert said(free_ports(1)[0], retries=0) == ""


def test_the_only_port_is_kept_from_this_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """By Windows, or as those below 1024 are: nobody has it, and Jupyter cannot start."""
    monkeypatch.setattr(only_port, "cannot_listen", lambda *_: FORBIDDEN)
    monkeypatch.setattr(only_port, "listener", lambda _: None)
    words = said(80, retries=0)
    assert "port 80 cannot be taken" in words
    assert "listens" not in words
    assert said(80, retries=1) == ""


@pytest.mark.parametrize(
    ("number", "step"),
    [
        (80, "Change the port that Jupyter is told to take to one from 1024 on, such as 8888."),
        (1023, "Change the port that Jupyter is told to take to one from 1024 on, such as 8888."),
        (1024, "Take the line that sets port_retries = 0 out of /home/ada/.jupyter/x.py."),
    ],
)
def test_a_step_that_helps_with_a_port_that_is_kept_back(
    number: int, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More tries do not below 1024: Jupyter takes its next ones from there, too. It is asked once."""
    asked: list[int] = []

    def kept_back(_ip: str, at: int) -> str:
        asked.append(at)
        return FORBIDDEN

    monkeypatch.setattr(only_port, "cannot_listen", kept_back)
    monkeypatch.setattr(only_port, "listener", lambda _: None)
    found = port.diagnose(learner(number, retries=0), FAILURE)
    assert found is not None
    steps = [row for fix in found.fixes for row in fix.steps]
    assert steps == [Tell(step)]
    assert ("port_retries" in found.evidence.wanted) is (number >= 1024)
    assert asked == [number]


OWN = f"{PREFIX}/bin/jupyter-notebook"


@pytest.mark.parametrize(
    ("words", "path", "own"),
    [
        ([f"{PREFIX}/bin/python", OWN], "", True),
        ([OWN], "", True),
        (["/usr/bin/python3", "/usr/bin/jupyter-notebook"], "", False),
        ([f"{PREFIX}/bin/python", "-m", "http.server"], "", False),
        (["python", "-m", "jupyterlab"], "bin", True),
        (["python", "-m", "notebook"], "bin", True),
        ([], "", False),
    ],
)
def test_the_learners_own_jupyter_on_the_only_port(
    words: list[str], path: str, own: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notebook that is open in another window is no fault: a warning says that it is there."""
    python = command_at(tmp_path / "bin" / "python")
    variables = {"PATH": str(python.parent)} if path else {}
    process = SimpleNamespace(
        cmdline=lambda: words, environ=lambda: variables, pid=7, name=lambda: "python3"
    )
    prefix = str(tmp_path) if path else PREFIX
    monkeypatch.setattr(only_port, "listener", lambda _: process)
    monkeypatch.setattr(port_holder, "listener", lambda _: process)
    with socket.create_server(("127.0.0.1", 0)) as other:
        number = other.getsockname()[1]
        env = learner(number, retries=0, prefix=prefix)
        error, warnings = port.diagnose(env, FAILURE), port.warnings(env)
    assert (error is None) is bool(warnings) is own
    if own:
        assert warnings[0].severity == "warning"
        assert f"`python3` (process 7) listens on port {number}" in warnings[0].evidence.found
    assert port.warnings(learner(number)) == []


@pytest.mark.parametrize(
    ("port", "wrong"),
    [
        *((text, True) for text in ("8888/lab", "88888", "-1", "\N{SUPERSCRIPT TWO}", "9" * 5000)),
        ("", True),
        *((text, False) for text in ("8888", " 8888 ", "8_888", "0")),
    ],
)
def test_a_variable_that_is_no_port(port: str, wrong: bool) -> None:
    """By what Jupyter's `int` takes; read only where no file sets one."""
    assert ("not a port number" in said(JUPYTER_PORT=port)) is wrong
    assert said(8899, JUPYTER_PORT=port) == ""


def test_the_variable_that_kubernetes_sets_for_a_service() -> None:
    """A service that is called `jupyter` gives each container JUPYTER_PORT=tcp://...: Jupyter does not
    read it where a file sets a port, also the only one that it may take.
    """
    service = "tcp://10.96.0.1:8888"
    assert "not a port number" in said(JUPYTER_PORT=service, JUPYTER_PORT_RETRIES="0")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        taken = other.getsockname()[1]
        assert f"port {taken} is taken" in said(taken, retries=0, JUPYTER_PORT=service)
    assert said(free_ports(1)[0], retries=0, JUPYTER_PORT=service) == ""


def test_ports_that_are_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that Jupyter tries first are asked; it is for the system to say which are forbidden."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    assert "may not open" in said(80)


def test_who_holds_a_port_where_only_root_may_ask_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS: each program of one's own is asked, and a refusal of one's ends nothing."""

    def refuse(*_: object) -> list[object]:
        raise psutil.AccessDenied

    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        own = psutil.Process()
        closed = psutil.Process(os.getppid())
        monkeypatch.setattr(psutil, "net_connections", refuse)
        monkeypatch.setattr(closed, "net_connections", refuse)
        monkeypatch.setattr(psutil, "process_iter", lambda: iter([closed, own]))
        assert port_holder.holder(number) == f"`{own.name()}` (process {os.getpid()})"
        assert port_holder.holder(1) == ""
