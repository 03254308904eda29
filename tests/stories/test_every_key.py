"""A course file with every key, on a real machine: all is well, and then each thing is broken."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.kept import kept
from tests.stories.machine import Machine, MakeMachine

from envcheck.course_file.keys import CHAPTER, COURSE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

pytestmark = pytest.mark.slow
TORCH = "torch==2.13.0"  # whose wheel for the processor is not on every index

TABLE = """\
course = "whole"
title = "A course with every key"
help = "https://example.org/forum"
requires = ["requirements.txt"]
pins = "at-least"
python = ">=3.8"
memory = "1 MB"
hint = { linux = "Ask in room 12.", windows = "Ask in room 13." }

[chapters]
from = "d*/"

[chapter.d1]
title = "Every key"
folder = "d1"
requires = ["d1/more.txt"]
python = ">=3.7"
jupyter = false
packages = ["pandas>=1"]
commands = { git = "*" }
env = { KEY_OF_OURS = { file = ".env", not = ["sk-YOURS"] } }
files = [{ path = "a.csv", columns = ["id"] }]
ports = [1]
services = { local = PORT }
links = ["http://127.0.0.1:PORT/"]
disk = "1 MB"
tools = ["docker"]
proof = { code = "import own_module; print(own_module.SUM)", prints = "6" }
checks = "own_checks.py:CHECKS"
gpu = "optional"
conda = "ml"
notebooks = ["a.ipynb"]
only = [{ on = ["linux"] }, { on = ["macos"], checks = ["command.git"] }]

[waive]
"d1.docker" = { why = "not on this machine", until = 2199-01-01 }
"""
OWN = """\
from envcheck import check, fail, ok

@check("ours")
def ours(env):
    '''Our own question'''
    return ok("it is set") if env.variables.get("OURS") else fail("ours-unset", "it is not set")

CHECKS = [ours]
"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_the_table_has_every_key() -> None:
    table = tomllib.loads(TABLE.replace("PORT", "1"))
    used = {*table, *table["chapter"]["d1"]}
    assert {*COURSE.keys, *CHAPTER.keys} <= used


def ran(machine: Machine) -> dict[str, Any]:
    done = machine.run("d1", "--format", "json")
    assert done.stdout.startswith("{"), f"{done.stdout[:500]}\n{done.stderr[-2000:]}"
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_every_key(machine: Machine, port: int) -> None:
    """A healthy machine is ready; a broken one has a cause for each key that is wrong, and no other."""
    files = {
        "envcheck.toml": TABLE.replace("PORT", str(port)),
        "requirements.txt": "numpy==1.17\n",
        "d1/more.txt": "Pillow\n",
        "own_checks.py": OWN,
        "d1/a.ipynb": '{"cells": []}',
        "d1/a.csv": "id,price\n1,2\n",
        "d1/.env": "KEY_OF_OURS=sk-1\n",
        "d1/own_module.py": "SUM = 6\n",
    }
    for name, text in files.items():
        machine.write(f"work/{name}", text)
    machine.variables["OURS"] = "1"
    report = ran(machine)
    status = {check["id"]: check["status"] for check in report["checks"] if check["required"]}
    assert (report["verdict"], report["hints"]) == ("ready", []), report["diagnoses"]
    assert (status.pop("d1.command.git"), status.pop("d1.gpu")) == ("skip", "skip")
    assert {*status.values()} == {"pass"}, status

    machine.write("work/d1/.env", "KEY_OF_OURS=sk-YOURS\n")
    machine.write("work/d1/a.csv", "price\n2\n")
    machine.write("work/d1/own_module.py", "SUM = 7\n")
    machine.variables.pop("OURS")
    report = ran(machine)
    codes = {each["code"] for each in report["diagnoses"] if each["checks"] != ["d1.docker"]}
    assert codes == {"variable-placeholder", "file-columns", "proof-prints-other", "ours-unset"}
    assert (report["exit_code"], report["hints"]) == (1, ["Ask in room 12."])


def python_with_torch() -> Path:
    """An environment with a PyTorch for the processor alone; skips where pip knows of none."""
    words = ["-m", "pip", "install", "-q", "--dry-run", "--ignore-installed", "--no-deps"]
    pip = [sys.executable, *words, "--report", "-", TORCH]
    asked = subprocess.run(pip, capture_output=True, text=True, timeout=200, check=False)
    if "cpu" not in asked.stdout.partition('"url"')[2][:300]:
        pytest.skip("only on machines whose pip has PyTorch for the processor alone")

    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        python = folder / "env/bin/python"
        subprocess.run([python, "-m", "pip", "install", "-q", TORCH], check=True)

    return kept("torch-2.13.0-cpu", make) / "env/bin/python"


@pytest.mark.whole
def test_a_card_that_is_not_there(make_machine: MakeMachine) -> None:
    """PyTorch multiplies on the processor: a warning or a failure, as the course says."""
    machine = make_machine()
    machine.python = python_with_torch()
    for asked, code in (("optional", 0), ("required", 1)):
        table = f'course = "a"\npackages = ["torch"]\ngpu = "{asked}"\n[chapter.d1]\n'
        machine.write("work/envcheck.toml", table)
        report = ran(machine)
        (cause,) = report["diagnoses"]
        assert (report["exit_code"], cause["code"]) == (code, "gpu-no-card")
        assert cause["summary"] == "no card; the chapter runs on the processor"
        assert "+cpu" in cause["evidence"]["found"]
