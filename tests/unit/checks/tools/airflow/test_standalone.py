"""The deep check of Airflow, on described machines: where it is not started, and what becomes of
what it says.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from tests.ports import free_ports

from envcheck import Check, fact
from envcheck.processes.process import Ending, Finished
from envcheck.target.interpreter import Interpreter
from envcheck.testing import described, fails, interpreter, passes, skips, warns
from envcheck_checks.tools.airflow.airflow import airflow
from envcheck_checks.tools.airflow.standalone import (
    Standalone,
    airflow_standalone,
    can_be_apart,
    memory_free,
    standalone,
)

HEALTHY = Standalone(
    dict.fromkeys(("scheduler", "metadatabase", "triggerer", "dag_processor"), "healthy"),
    17.2,
    1043,
)


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Check:
    """As on a system that has Airflow, wherever the tests run."""
    monkeypatch.setattr("sys.platform", "linux")
    return airflow_standalone(airflow())


@pytest.fixture
def python(tmp_path: Path) -> Interpreter:
    made = interpreter(
        packages={"apache-airflow": "3.3.2", "apache-airflow-core": "3.3.2"}, prefix=str(tmp_path)
    )
    program = Path(made.scripts, "airflow")
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    return made


def test_only_with_deep(check: Check) -> None:
    """It takes much memory and a minute: it is asked for by name, and says what it takes."""
    assert "deep" in check.traits
    assert check.cost.memory_mb >= 1000


def test_never_where_it_would_listen_to_everybody(check: Check, python: Interpreter) -> None:
    """Without a network of its own it is not started, and the reason says so."""
    reason = skips(check, described(python=python, facts={can_be_apart: False}))
    assert "listens on every network" in reason


def test_never_where_memory_would_not_do(check: Check, python: Interpreter) -> None:
    """A machine that is full is not pushed over: it is left out, with both numbers."""
    reason = skips(check, described(python=python, facts={can_be_apart: True, memory_free: 612}))
    assert "1.1 GB" in reason
    assert "0.6 GB" in reason


def test_every_part_is_healthy(check: Check, python: Interpreter) -> None:
    """What it took is said."""
    told: dict[fact[Any], object] = {can_be_apart: True, memory_free: 8000, standalone: HEALTHY}
    (port,) = map(str, free_ports(1))
    fine = passes(
        check, described(python=python, facts=told, variables={"AIRFLOW__API__PORT": port})
    )
    assert "scheduler" in fine.summary
    assert "17 s, with 1.0 GB" in fine.summary


def test_the_port_of_its_page_is_taken(check: Check, python: Interpreter) -> None:
    """Healthy in a network of its own; in the learner's own, something is in the way."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        told: dict[fact[Any], object] = {can_be_apart: True, memory_free: 8000, standalone: HEALTHY}
        warns(
            check,
            described(python=python, facts=told, variables={"AIRFLOW__API__PORT": port}),
            "airflow-port-taken",
        )


def test_the_program_by_which_it_starts_its_parts_is_gone(
    check: Check, python: Interpreter
) -> None:
    """Known before anything is started: `airflow standalone` would wait for ever."""
    Path(python.scripts, "airflow").unlink()
    found = fails(
        check,
        described(python=python, facts={can_be_apart: True, memory_free: 8000}),
        "airflow-command-missing",
    )
    assert "apache-airflow-core" in str(found.fixes[0].steps)


def test_time_that_is_over_is_no_verdict(check: Check, python: Interpreter) -> None:
    """Not healthy when the whole run ended: envcheck could not tell."""
    late = Standalone(finished=Finished(("unshare",), Ending.TIMED_OUT, None, "", "", 60.0))
    said = check.examine(
        described(python=python, facts={can_be_apart: True, memory_free: 8000, standalone: late})
    )
    assert "--timeout 300" in str(said)
