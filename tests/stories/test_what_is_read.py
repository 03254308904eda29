"""Settings files that the launched program does not read: Jupyter works, and no word is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.stories.machine import Machine

pytestmark = [pytest.mark.slow, pytest.mark.whole]
ALONE = ("--only", "notebook-launches")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jupyter_server_config.py", "c.ServerApp.ip = '192.168.77.5'\n"),
        ("jupyter_notebook_config.py", "c.ServerApp.port = 'nowhere'\n"),
        ("jupyter_lab_config.py", "c.ServerApp.root_dir = '/gone'\n"),
        ("jupyter_notebook_config.py", "c.NotebookApp.ip = '192.168.77.5'\n"),
    ],
)
def test_of_notebook_6(
    machine: Machine, stack: Callable[[str], Path], name: str, text: str
) -> None:
    """It knows its own file and its own class; what stands there counts."""
    machine.python = stack("oldstack")
    machine.variables["PATH"] = f"{machine.python.parent}:/usr/bin:/bin"
    machine.write(f"home/.jupyter/{name}", text)
    seen = machine.check(*ALONE)
    wanted = ["jupyter-config-breaks"] if "NotebookApp" in text else []
    assert seen.errors == wanted, seen.report["diagnoses"]
    assert not seen.warnings or wanted, seen.warnings
