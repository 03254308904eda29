"""An alias that leads past the course's Python, and the many that do not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at

from envcheck_checks.commands import aliased
from envcheck_checks.commands.facts import prefix_of_running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: shells by SHELL")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment `ml`, which is active, and another one."""
    for name in ("ml", "other"):
        file_at(tmp_path / name / "pyvenv.cfg")
        python = command_at(tmp_path / name / "bin" / "python")
        for other in ("python3", "python3.8"):
            command_at(tmp_path / name / "bin" / other)
        file_at(tmp_path / name / "bin" / "pip", f"#!{python}\n").chmod(0o755)
    monkeypatch.setattr(
        aliased, prefix_of_running.__name__, lambda _, python: str(Path(python).parents[1])
    )
    return tmp_path


def told(folder: Path, line: str) -> str:
    """The summary for a .bashrc with this line; empty when nothing is said."""
    file_at(folder / "home" / ".bashrc", line.replace("DIR", str(folder)))
    env = on(
        "linux",
        folder,
        python_at(folder / "ml"),
        SHELL="/bin/bash",
        PATH=f"{folder}/ml/bin:/usr/bin",
    )
    warnings = aliased.warnings(env, python_at(folder / "ml"))
    assert all(warning.code == "command-aliased" for warning in warnings)
    return " ".join(warning.summary for warning in warnings)


@pytest.mark.parametrize(
    "line",
    [
        "alias python=DIR/other/bin/python",
        "alias pip=DIR/other/bin/pip\n",
        "alias python3='DIR/other/bin/python3 -X utf8'",
        'python() { DIR/other/bin/python3 "$@"; }',
    ],
)
def test_one_that_leads_elsewhere(machine: Path, line: str) -> None:
    assert f"of {machine}/other" in told(machine, line)


def test_one_that_leads_nowhere(machine: Path) -> None:
    assert "which is not there" in told(machine, "alias python=/opt/gone/bin/python3.6")


@pytest.mark.parametrize(
    "line",
    [
        "alias python=python3",
        "alias python='python3 -q'",
        "alias python=DIR/ml/bin/python",
        "alias pip=pip3",
        "alias pip='pip --require-virtualenv'",
        "alias python='docker run -it python:3.12'",
        "alias python='winpty python.exe'",
        "alias python=$SOMEWHERE/python",
        "alias python='",
        "alias jn='jupyter notebook'",
    ],
)
def test_one_that_does_not(machine: Path, line: str) -> None:
    assert told(machine, line) == ""
