"""Settings that conda cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at, said

from envcheck import Rename
from envcheck.processes.process import Finished
from envcheck_checks.pip import conda_settings

BROKEN = "ConfigurationLoadError: Unable to load configuration file.\n  path: %s\n"


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (said(stderr=BROKEN % "{file}", code=1), True),
        (said(stderr="  self._load_search_path(self._search_path)\n", code=1), True),
        (said("active environment : ml\nuser config file : /home/ana/.condarc\n"), False),
        (said(stderr="PackagesNotFoundError", code=1), False),
    ],
)
def test_settings(
    answer: Finished, named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named where conda itself stumbles over them, and moved aside; else nothing is said."""
    command = command_at(tmp_path / "conda" / "bin" / "conda")
    python = python_at(tmp_path / "usr", kind="system")
    env = on("linux", tmp_path, python, CONDA_EXE=str(command))
    monkeypatch.setattr(env, "run", lambda argv, **_: answer)
    assert conda_settings.diagnose(env, python, ["seaborn"]) is None, "there is no such file"
    file = file_at(tmp_path / "home" / ".condarc", "channels:\n  conda-forge\n")
    found = conda_settings.diagnose(env, python, ["seaborn"])
    assert (found is not None) is named
    if found is not None:
        assert (found.code, found.evidence.looked_in) == ("conda-settings-broken", str(file))
        assert isinstance(found.fixes[0].steps[0], Rename)
