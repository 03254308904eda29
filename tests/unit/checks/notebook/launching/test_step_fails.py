"""One step with a server that is up: the cause by facts and trials, else what came back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at

from envcheck import fact
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.launching.step_fails import diagnose
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble

PAGE = ServerTrouble("serve the page", "status 500")
WEBSOCKET = ServerTrouble("run a cell over the websocket", "the WebSocket was refused: 403")


def diagnosed(tmp_path: Path, trouble: ServerTrouble) -> Any:
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        config_files: (),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    running = SimpleNamespace(settled_log=lambda: "Traceback")
    server = Server(cast(Any, running), Path(), Path())
    return diagnose(env, STACK, server, lambda _: False, trouble)


@pytest.mark.parametrize(
    ("trouble", "code"), [(PAGE, "server-step-fails"), (WEBSOCKET, "websocket-blocked")]
)
def test_no_cause_is_found(tmp_path: Path, trouble: ServerTrouble, code: str) -> None:
    diagnosis = diagnosed(tmp_path, trouble)
    assert diagnosis.code == code
    assert trouble.actual in diagnosis.evidence.found


@pytest.mark.parametrize(
    ("trouble", "code"), [(PAGE, "package-incomplete"), (WEBSOCKET, "websocket-blocked")]
)
def test_a_page_that_lost_its_template(tmp_path: Path, trouble: ServerTrouble, code: str) -> None:
    """Files that are no code count where a page is served of them."""
    version = WHOLE["notebook"]
    file_at(tmp_path / f"venv/site/notebook-{version}.dist-info/RECORD", "notebook/tree.html,,9\n")
    assert diagnosed(tmp_path, trouble).code == code
