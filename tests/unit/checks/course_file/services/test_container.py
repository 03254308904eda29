"""Which port of the machine a container has, and whose command lists containers here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.unit.checks.course_file.engines import engine_with

from envcheck import Chapter, Check, Course, Environment, Outcome, ok
from envcheck.testing import described, run_course
from envcheck_checks.course_file.services.container import NETWORK, engine_of, publishes, with_port


@pytest.mark.parametrize(
    ("ports", "has_it"),
    [
        ("0.0.0.0:5432->5432/tcp", True),
        ("0.0.0.0:80->80/tcp, [::]:5432->5432/tcp", True),
        ("127.0.0.1:5430-5440->5430-5440/tcp", True),
        ("0.0.0.0:80->5432/tcp", False),  # 5432 is the container's own
        ("0.0.0.0:5432->5432/udp", False),
        ("0.0.0.0:5432->5432/udp, [::]:80->80/tcp", False),
        ("0.0.0.0:54321->80/tcp", False),
        ("5432/tcp", False),  # is not published
        ("", False),
    ],
)
def test_what_it_publishes(ports: str, has_it: bool) -> None:
    assert publishes(ports, 5432) is has_it


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that run scripts by their first line")  # fmt: skip
def test_whose_command_is_here(tmp_path: Path) -> None:
    """Docker's goes first."""
    env = described(variables={"PATH": str(tmp_path)})
    assert engine_of(env) == ""
    for engine in ("podman", "docker"):
        engine_with(tmp_path, engine)
        assert engine_of(env) == engine


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that run scripts by their first line")  # fmt: skip
@pytest.mark.parametrize(
    ("network", "name"),
    [("host 5432/tcp ", "db"), ("bridge 5432/tcp ", ""), ("host 80/tcp ", ""), ("host ", "")],
)
def test_one_in_the_network_of_the_machine(tmp_path: Path, network: str, name: str) -> None:
    """No port is listed of it; what its image has open tells."""
    engine_with(tmp_path, "docker", ["other", "0.0.0.0:80->5432/tcp", ""], ["db", "", "/course"])
    program = tmp_path / "docker"
    asked = f"'inspect --format {NETWORK} db') echo '{network}' ;;"
    program.write_text(program.read_text().replace("*) echo", f"{asked}\n*) echo", 1))
    course = Course("a", "A", [Chapter("w", "W", [_asks(5432)])])
    variables = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    (result,) = run_course(course, "w", variables=variables, folder=tmp_path).results
    assert result.summary == f"{name!r}"


def _asks(number: int) -> Check:
    def examine(env: Environment) -> Outcome:
        container = with_port(env, number)
        return ok(repr(container.name if container else ""))

    return Check(id="asks", title="asks", examine=examine, proves="a container is told")
