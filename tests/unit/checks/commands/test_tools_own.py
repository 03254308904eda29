"""A Jupyter in a tool's own environment, as uv and pipx really lay it out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at

from envcheck import Diagnosis, Environment
from envcheck_checks.commands import tools_own
from envcheck_checks.commands.diagnose import diagnose_jupyter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has launchers instead")


def tool(folder: Path, mark: str, name: str = "jupyter-lab") -> Path:
    """A tool's environment, whose program is linked into a folder on PATH."""
    prefix = folder / "share" / "tools" / "jupyterlab"
    file_at(prefix / "pyvenv.cfg")
    if mark:
        file_at(prefix / mark)
    command_at(prefix / "bin" / "python")
    script = file_at(prefix / "bin" / name, f"#!{prefix}/bin/python\n")
    script.chmod(0o755)
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / name).symlink_to(script)
    return prefix


def learner(folder: Path) -> Environment:
    return on("linux", folder, python_at(folder / "venv"))


@pytest.mark.parametrize(
    ("mark", "by"), [("uv-receipt.toml", "uv tool install"), ("pipx_metadata.json", "pipx")]
)
@pytest.mark.parametrize("name", tools_own.NAMES)
def test_it_is_known_by_the_mark_of_its_maker(
    mark: str, by: str, name: str, tmp_path: Path
) -> None:
    """Under each name: jupyterlab as a tool brings no `jupyter`."""
    prefix = tool(tmp_path, mark, name)
    env = learner(tmp_path)
    assert tools_own.tool_of(str(prefix)) == by
    assert tools_own.spoken(env).startswith(f"`{name}` lives in an environment of its own ({by})")


def test_any_other_environment_is_none(tmp_path: Path) -> None:
    tool(tmp_path, "")
    assert tools_own.tools_jupyter(learner(tmp_path)) is None
    assert tools_own.spoken(learner(tmp_path)) == ""
    assert tools_own.tool_of(None) == ""


def test_where_this_python_has_jupyter_too_its_own_line_is_named(tmp_path: Path) -> None:
    tool(tmp_path, "pipx_metadata.json", "jupyter")
    warning = diagnose_jupyter(learner(tmp_path), "notebook")
    assert isinstance(warning, Diagnosis)
    assert warning.code == "jupyter-of-other-python"
    assert "(pipx)" in warning.summary
    assert warning.fixes[0].title.endswith("python -m notebook")
