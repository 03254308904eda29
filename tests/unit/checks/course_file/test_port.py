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

from envcheck import Status
from envcheck_checks.course_file.port import port_free


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
