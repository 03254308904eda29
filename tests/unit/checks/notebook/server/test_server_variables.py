"""What a server of ours has of the learner's variables, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck_checks.interference.private_folders import PrivateFolders, private_folders
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.notebook.server import server_variables


@pytest.mark.parametrize("theirs", ["COURSE", "JUPYTER_TOKEN", "JUPYTER_TOKEN_FILE"])
def test_a_token_is_ours_where_they_have_none(tmp_path: Path, theirs: str) -> None:
    """IPython's folder is the server's own, and what a trial takes away is away."""
    folders = PrivateFolders({"IPYTHONDIR": "/run"}, tmp_path / ".ipython", tmp_path)
    env = on("linux", tmp_path, facts={private_folders: folders})
    env.variables = {**env.variables, theirs: "abc"}
    away = Removed(SettingKind.VARIABLE, "JUPYTER_PATH", {"JUPYTER_PATH": None})
    told = server_variables.of(env, tmp_path, tmp_path / "ipython", [away])
    assert told["IPYTHONDIR"] == str(tmp_path / "ipython")
    assert told["JUPYTER_PATH"] is None
    assert ("JUPYTER_TOKEN" in told) is (theirs == "COURSE")
