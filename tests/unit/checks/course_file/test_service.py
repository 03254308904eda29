"""A service is really connected to; one that hangs up is told from one that is not there."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pace import within
from tests.ports import refusing_port
from tests.unit.checks.course_file.chapter_of import place, result_of
from tests.unit.checks.course_file.engines import engine_with

from envcheck import Status
from envcheck.course_file.asked import Service
from envcheck_checks.course_file import service
from envcheck_checks.course_file.service import is_here, service_answers


@contextlib.contextmanager
def served(greeting: bytes | None) -> Iterator[int]:
    """A port whose server greets, waits (None), or hangs up (b"")."""
    kept: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    kept.append(server.accept()[0])
                    if greeting is not None:
                        kept[-1].sendall(greeting)
                        kept[-1].close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)  # which ends the waiting for the next
            thread.join(within(10))
            for connection in kept:
                connection.close()


@pytest.mark.parametrize(
    ("greeting", "code"), [(b"220 ready\r\n", ""), (None, ""), (b"", "service-hangs-up")]
)
def test_a_service(
    tmp_path: Path, greeting: bytes | None, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if greeting is not None:  # it comes, and however late
        monkeypatch.setattr(service, "STAYS", 20.0)
    with served(greeting) as port:
        check = service_answers("db", Service("127.0.0.1", port), place(tmp_path))
        result = result_of(check, tmp_path)
    assert [diagnosis.code for diagnosis in result.diagnoses] == ([code] if code else [])
    assert result.status is (Status.FAIL if code else Status.PASS)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that run scripts by their first line")  # fmt: skip
@pytest.mark.parametrize(("engine", "command"), [("docker", "docker"), ("podman", "podman"), ("", "docker")])  # fmt: skip
def test_nobody_there(tmp_path: Path, engine: str, command: str) -> None:
    """The course's own compose file starts it, by the engine that is here; without one it is said
    where one comes from.
    """
    (tmp_path / "compose.yml").write_text("services: {}\n")
    path = engine_with(tmp_path / "bin", engine) if engine else str(tmp_path / "bin")
    with refusing_port() as port:
        check = service_answers("db", Service("localhost", port), place(tmp_path))
        (diagnosis,) = result_of(check, tmp_path, {**os.environ, "PATH": path}).diagnoses
    assert diagnosis.code == "service-silent"
    steps = repr(diagnosis.fixes[0])
    assert f'{command} compose -f "{tmp_path / "compose.yml"}" up -d' in steps
    assert ("Install Docker first" in steps) is (not engine)


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("127.9.9.9", True),
     ("db.example.org", False), ("192.168.1.5", False)],
)  # fmt: skip
def test_what_is_not_here_is_of_the_network(tmp_path: Path, host: str, here: bool) -> None:
    assert is_here(host) is here
    check = service_answers("db", Service(host, 1), place(tmp_path))
    assert ("network" in check.traits) is not here
