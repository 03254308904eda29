"""A port is really bound; who has it is named."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from tests.ports import free_ports
from tests.unit.checks.course_file.chapter_of import place, result_of
from tests.unit.checks.course_file.engines import engine_with
from tests.unit.described_machines import command_at, on, said

from envcheck import Environment, Fine, Status, Unknown
from envcheck.testing import examine, fails
from envcheck_checks.course_file.services import port
from envcheck_checks.course_file.services.port import port_free
from envcheck_checks.index.facts import Trouble
from envcheck_checks.notebook.settings.address import FORBIDDEN


def test_a_free_port(tmp_path: Path) -> None:
    result = result_of(port_free(free_ports(1)[0], place(tmp_path)), tmp_path)
    assert (result.status, result.summary) == (Status.PASS, "free")


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_another_program_has(tmp_path: Path, address: str) -> None:
    with socket.create_server((address, 0)) as server:
        number = server.getsockname()[1]
        variables = {**os.environ, "PATH": ""}
        result = result_of(port_free(number, place(tmp_path)), tmp_path, variables)
    (diagnosis,) = result.diagnoses
    assert diagnosis.code == "port-taken"
    assert f"(process {os.getpid()}) listens on port {number}" in diagnosis.evidence.found


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that run scripts by their first line")  # fmt: skip
@pytest.mark.parametrize("engine", ["docker", "podman"])
@pytest.mark.parametrize(
    ("folder", "status"),
    [("", Status.PASS), ("docker, new", Status.PASS), ("../other", Status.FAIL)],
)
def test_a_port_that_a_container_has(
    tmp_path: Path, engine: str, folder: str, status: Status
) -> None:
    """This course's own may have it; another project's is named with its folder."""
    root = tmp_path / "course"
    of_project = str((root / folder).resolve())
    here = place(root)
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        path = engine_with(tmp_path / "bin", engine, ["db-1", number, of_project])
        result = result_of(port_free(number, here), root, {**os.environ, "PATH": path})
    assert result.status is status
    words = result.summary if status is Status.PASS else result.diagnoses[0].evidence.found
    assert "`db-1`" in words
    if status is Status.FAIL:
        assert of_project in words
        assert f"{engine} stop db-1" in repr(result.diagnoses[0].fixes)


RANGES = """
Protocol tcp Port Exclusion Ranges

Start Port    End Port
----------    --------
      5357        5357
      5425        5524
     50000       50059     *

* - Administered port exclusions.
"""


def refused_at(monkeypatch: pytest.MonkeyPatch, trouble: str, address: str = "127.0.0.1") -> None:
    """A system that gives no port away at this address, and says why; nobody listens."""
    monkeypatch.setattr(port, "connect", lambda *_: Trouble.REFUSED)
    monkeypatch.setattr(port, "cannot_listen", lambda ip, _: trouble if address in ("", ip) else "")


@pytest.mark.parametrize("address", ["", "127.0.0.1", "0.0.0.0"])
@pytest.mark.parametrize(
    ("number", "span"),
    [(5432, "5425-5524"), (5357, "5357-5357"), (50001, "50000-50059")],
)
def test_windows_keeps_ranges_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, number: int, span: str
) -> None:
    """Nobody listens there, and nobody may: Hyper-V, WSL and Docker Desktop bring such ranges."""
    refused_at(monkeypatch, FORBIDDEN, address)
    monkeypatch.setattr(Environment, "run", lambda *_, **__: said(RANGES))
    env = on("win32", tmp_path)
    command_at(tmp_path / "bin" / "netsh")
    diagnosis = fails(port_free(number, place(tmp_path / "course")), env, "port-reserved")
    assert span in diagnosis.evidence.found
    assert "winnat" in repr(diagnosis.fixes)


def test_windows_ranges_that_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused_at(monkeypatch, FORBIDDEN)
    monkeypatch.setattr(Environment, "run", lambda *_, **__: said("", code=1))
    outcome = examine(port_free(5432, place(tmp_path / "course")), on("win32", tmp_path))
    assert isinstance(outcome, Unknown), "another program may have it for itself alone"


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("trouble", ["no buffer space", "no such name", FORBIDDEN])
def test_what_cannot_be_bound_is_never_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, trouble: str
) -> None:
    """For a reason that is told, whatever it is."""
    refused_at(monkeypatch, trouble)
    monkeypatch.setattr(Environment, "run", lambda *_, **__: said(RANGES))
    outcome = examine(port_free(5432, place(tmp_path / "course")), on(system, tmp_path))
    assert not isinstance(outcome, Fine)
    if isinstance(outcome, Unknown):
        assert trouble in repr(outcome)


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_a_port_that_only_the_administrator_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    """Docker's program has that right."""
    refused_at(monkeypatch, FORBIDDEN)
    assert isinstance(
        examine(port_free(80, place(tmp_path / "course")), on(system, tmp_path)), Fine
    )


def test_without_ipv6_a_port_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused_at(monkeypatch, "Cannot assign requested address", "::1")
    outcome = examine(port_free(5432, place(tmp_path / "course")), on("linux", tmp_path))
    assert isinstance(outcome, Fine)
