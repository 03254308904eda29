"""A service is really connected to; one that hangs up is told from one that is not there."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from tests.pace import within
from tests.ports import refusing_port
from tests.unit.checks.course_file.chapter_of import place, result_of
from tests.unit.checks.course_file.engines import engine_with
from tests.unit.described_machines import on

from envcheck import Diagnosis, Fine, Skipped, Status, Unknown
from envcheck.course_file.asked import Service
from envcheck_checks.course_file.services import service
from envcheck_checks.course_file.services.service import is_here, service_answers
from envcheck_checks.course_file.services.service_proxy import Way
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.reading.facts import Answer, Canary


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


@pytest.mark.parametrize(
    ("trouble", "around", "outcome"),
    [
        (Trouble.NO_NAME, Trouble.NO_NAME, Skipped),
        (Trouble.NO_ROUTE, Trouble.NO_ROUTE, Skipped),
        (Trouble.NO_NAME, Trouble.NONE, Diagnosis),
        (Trouble.REFUSED, Trouble.NO_NAME, Diagnosis),
        (Trouble.NOT_IN_TIME, Trouble.NO_NAME, Diagnosis),
    ],
)
def test_without_a_network_a_service_elsewhere_is_not_blamed(
    tmp_path: Path, trouble: Trouble, around: Trouble, outcome: type
) -> None:
    """As a link is not; nobody is told to start what runs on another machine."""
    page = Canary(Answer("http://example.com", Asked(Setting("http://example.com"), around)))
    check = service_answers("db", Service("db.example.org", 5432), place(tmp_path))
    with (
        mock.patch.object(service, "connect", return_value=trouble),
        mock.patch.object(service, "canary_of", return_value=page),
    ):
        outcome_there = check.examine(on("linux", tmp_path))
    assert isinstance(outcome_there, outcome)
    assert "start" not in repr(outcome_there)


@pytest.mark.parametrize(
    ("way", "outcome"), [(None, Diagnosis), (Way("http://p:1"), Fine), (Way("http://p:1", "waits"), Unknown)]
)  # fmt: skip
@pytest.mark.parametrize("trouble", [Trouble.NO_NAME, Trouble.SILENT, Trouble.REFUSED])
def test_a_service_that_only_a_proxy_leads_to(
    tmp_path: Path, trouble: Trouble, way: Way | None, outcome: type
) -> None:
    """In a company's network names of outside are found by the proxy alone."""
    check = service_answers("api", Service("api.example.org", 8443), place(tmp_path))
    with (
        mock.patch.object(service, "connect", return_value=trouble),
        mock.patch.object(service, "_is_offline", return_value=False),
        mock.patch.object(service, "by_proxy", return_value=way),
    ):
        made = check.examine(on("linux", tmp_path))
    assert isinstance(made, outcome)
    if isinstance(made, Unknown):
        words = "the proxy http://p:1, which may be meant for other addresses, waits"
        assert made.summary == f"api.example.org:8443 {trouble.value}; {words}"


def test_a_service_of_this_machine_needs_no_network(tmp_path: Path) -> None:
    with mock.patch.object(service, "connect", return_value=Trouble.NO_NAME):
        check = service_answers("db", Service("localhost", 5432), place(tmp_path))
        assert isinstance(check.examine(on("linux", tmp_path)), Diagnosis)
