"""Whose a broken config file of Jupyter's is, and what brings it back."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import file_at

from envcheck import Run
from envcheck.target.interpreter import target
from envcheck.testing import described, interpreter
from envcheck_checks.jupyter.config_files import ConfigFile
from envcheck_checks.notebook.settings.packages_own import mended


def test_a_packages_file_is_brought_back_by_its_package(tmp_path: Path) -> None:
    """By the list of its files: what nobody lists is not known to be a package's."""
    python = interpreter("3.12.1", prefix=str(tmp_path), packages={"notebook": "7.2"})
    listed = tmp_path / "etc/jupyter/jupyter_server_config.d/notebook.json"
    other = listed.with_name("mine.json")
    notebook = python.installed["notebook"]
    file_at(Path(notebook.folder, notebook.entry, "RECORD"), f"{listed},sha256=x,10\n")
    for file in (listed, other):
        file_at(file, "")
    env = described(facts={target: python}, python=python, folder=tmp_path)
    fix = mended(env, ConfigFile(str(listed), error="JSONDecodeError"))
    assert fix is not None
    step = fix.steps[-1]
    assert isinstance(step, Run)
    assert step.argv[-1] == "notebook==7.2"
    assert mended(env, ConfigFile(str(other), error="JSONDecodeError")) is None
