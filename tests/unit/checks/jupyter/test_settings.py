"""Whether a configuration could set an option, by its text alone: never no where it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck_checks.jupyter.settings import may_set

PY = "home/.jupyter/jupyter_server_config.py"
JSON = "home/.jupyter/jupyter_notebook_config.json"


def may(tmp_path: Path, place: str, text: str, **variables: Any) -> bool:
    file_at(tmp_path / place, text)
    return may_set(on("linux", tmp_path, python_at(tmp_path / "venv"), **variables), "ip")


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (PY, "c.ServerApp.ip = '0.0.0.0'\n"),
        (PY, "from campus import *\n"),
        ("work/jupyter_notebook_config.py", "c.NotebookApp.ip = '*'\n"),
        (PY, "c = get_config()\nload_subconfig('other.py')\n"),
        (PY, "for name in ('ip',):\n    setattr(c.ServerApp, name, '')\n"),
        (PY, "c.ServerApp.open_browser = c.ServerApp.update({'ip': ''})\n"),
        (PY, "c.ServerApp = Config(ip='*')\n"),
        (PY, "this is not python\n"),
        (JSON, '{"NotebookApp": {"ip": "*"}}'),
        (JSON, '{"NotebookApp": {"ip": "*",}}'),
        ("home/.jupyter/jupyter_server_config.d/campus.json", '{"ServerApp": {"ip": ""}}'),
        ("venv/etc/jupyter/jupyter_notebook_config.py", "c.NotebookApp.ip = '*'\n"),
        ("home/.local/etc/jupyter/jupyter_lab_config.py", "c.ServerApp.ip = '*'\n"),
    ],
)
def test_it_may(tmp_path: Path, place: str, text: str) -> None:
    assert may(tmp_path, place, text)


@pytest.mark.parametrize("name", ["JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH"])
def test_folders_that_variables_name(tmp_path: Path, name: str) -> None:
    place = "campus/jupyter_server_config.py"
    assert may(tmp_path, place, "c.ServerApp.ip = '*'\n", **{name: str(tmp_path / "campus")})


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (PY, "# c.ServerApp.ip = '0.0.0.0'\n"),
        (PY, '"""Of Ada\'s."""\nc = get_config()  #noqa\nc.ServerApp.open_browser = False\n'),
        (JSON, '{"ServerApp": {"jpserver_extensions": {"jupyterlab": true}}}'),
        ("campus/jupyter_server_config.py", "c.ServerApp.ip = '*'\n"),
    ],
)
def test_it_does_not(tmp_path: Path, place: str, text: str) -> None:
    assert not may(tmp_path, place, text)
