"""How many other ports Jupyter may try, and what is said to a server of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on

from envcheck import fact
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook.settings import port_retries


@pytest.mark.parametrize(
    ("by_file", "by_variable", "ours"),
    [
        *((None, "", False), (None, "0", True), (None, "5", False), (None, "none", False)),
        *((0, "", True), (0, "5", True), (5, "0", False), ("0", "", True)),
    ],
)
def test_a_port_of_ours_may_be_taken_meanwhile(
    tmp_path: Path, by_file: object, by_variable: str, ours: bool
) -> None:
    """Another run may take it. A value that ends the learner's Jupyter stays."""
    settings = {} if by_file is None else {"ServerApp": {"port_retries": by_file}}
    file = file_at(
        tmp_path / "home/.jupyter/jupyter_server_config.py",
        "" if by_file is None else f"c.ServerApp.port_retries = {by_file!r}\n",
    )
    facts: dict[fact[Any], object] = {config_files: (ConfigFile(str(file), settings),)}
    words = port_retries.words(on("linux", tmp_path, facts=facts, JUPYTER_PORT_RETRIES=by_variable))
    assert words == (["--port-retries=50"] if ours else [])
