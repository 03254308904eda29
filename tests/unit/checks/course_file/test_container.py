"""Which port of the machine a container has, and whose command lists containers here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.checks.course_file.engines import engine_with

from envcheck.testing import described
from envcheck_checks.course_file.container import engine_of, publishes


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
