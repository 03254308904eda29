"""Which page Jupyter opens: by the file that leads the browser, else by what it prints."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import file_at

from envcheck_checks.notebook.page import opened as module
from envcheck_checks.notebook.page.opened import Opened, opened
from envcheck_checks.notebook.server.learners_server import Server

LED = '<meta http-equiv="refresh" content="1;url=http://localhost:8899{path}?token=a&amp;b=1" />'


def server(folder: Path, *, base: str = "", stderr: str = "") -> Server:
    running = SimpleNamespace(stderr=SimpleNamespace(text=lambda: stderr), wait=lambda _: False)
    return Server(cast(Any, running), folder, folder, address=f"http://127.0.0.1:8899{base}")


def test_by_the_file(tmp_path: Path) -> None:
    file_at(tmp_path / "runtime" / "jpserver-7-open.html", LED.format(path="/lab"))
    assert opened(server(tmp_path), "/tree") == Opened("/lab", "localhost:8899")


def test_a_base_address_is_left_out(tmp_path: Path) -> None:
    file_at(tmp_path / "runtime" / "nbserver-7-open.html", LED.format(path="/course/tree"))
    assert opened(server(tmp_path, base="/course"), "/").path == "/tree"
    assert opened(server(tmp_path, base="/cou"), "/").path == "/course/tree"


def test_by_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no file is written; other addresses in its words do not count."""
    monkeypatch.setattr(module, "SECONDS", 0.05)
    monkeypatch.setattr(module, "LONGEST", 0.1)
    said = "see https://jupyter.org/\n  http://localhost:8899/nbclassic/tree?token=...\n"
    found = opened(server(tmp_path, stderr=said), "/tree")
    assert found == Opened("/nbclassic/tree", "localhost:8899")
    assert opened(server(tmp_path), "/tree") == Opened("/tree")


@pytest.mark.parametrize("said", ["", "  http://localhost:8899/tree?token=...\n"])
def test_a_file_that_comes_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """Where nothing is printed it is waited for: the page that opens may be another than the usual."""
    monkeypatch.setattr(module, "SECONDS", 0.05)
    slow = server(tmp_path, stderr=said)
    looks: list[float] = []

    def wait(seconds: float) -> bool:
        looks.append(seconds)
        time.sleep(0.03)
        if len(looks) == 5:
            file_at(tmp_path / "runtime" / "jpserver-7-open.html", LED.format(path="/lab"))
        return False

    cast(Any, slow.running).wait = wait
    assert opened(slow, "/tree").path == ("/tree" if said else "/lab")
