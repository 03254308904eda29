"""IPython's files that no profile has, in the environment and on the machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Environment
from envcheck_checks.interference import ipython_for_all
from envcheck_checks.kernel import ipython_config
from envcheck_checks.kernel.answers import End, Start


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.setattr(ipython_for_all, "OF_THE_SYSTEM", (str(tmp_path / "etc/ipython"),))
    return on("linux", tmp_path, python_at(tmp_path / "venv"))


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on systems with /etc")


def test_all_that_a_kernel_runs(env: Environment, tmp_path: Path) -> None:
    """What it does not read is none of them."""
    wanted = ["venv/etc/ipython/ipython_config.py", "venv/etc/ipython/startup/1.ipy"]
    wanted += ["etc/ipython/ipython_kernel_config.json", "etc/ipython/startup/00.py"]
    for name in (*wanted, "etc/ipython/notes.py", "etc/ipython/startup/README"):
        file_at(tmp_path / name, "")
    assert [str(file.relative_to(tmp_path)) for file in ipython_for_all.files(env)] == wanted
    assert len(ipython_for_all.removable(env)) == 4
    assert ipython_for_all.every_file(env) == ipython_for_all.files(env)


def test_no_such_folder(env: Environment) -> None:
    assert ipython_for_all.removable(env) == []


@pytest.mark.parametrize(("place", "mine"), [("venv/etc/ipython", True), ("etc/ipython", False)])
def test_what_others_use_a_person_moves(
    place: str, mine: bool, env: Environment, tmp_path: Path
) -> None:
    file = file_at(tmp_path / place / "startup" / "00.py", "")
    told = ipython_config.diagnose(env, file, Start(End.DIED, 0.1, 3, ""))
    assert str(file) in told.summary
    assert [fix.automatic for fix in told.fixes] == [mine]


def test_windows_has_another_folder_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    programs, python = str(tmp_path / "all"), python_at(tmp_path / "venv")
    env = on("win32", tmp_path, python, PROGRAMDATA=programs, IPYTHON_USE_PROGRAMDATA="1")
    file = file_at(tmp_path / "all" / "ipython" / "startup" / "00.py", "")
    assert ipython_for_all.files(env) == [file]
    assert ipython_for_all.files(on("win32", tmp_path, python, PROGRAMDATA=programs)) == []
