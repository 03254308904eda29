"""What is said of the notebooks that are there already, of both kinds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck_checks.notebook.saving import own_notebooks


def test_none_is_there(tmp_path: Path) -> None:
    assert own_notebooks.warnings(on("linux", tmp_path)) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_one_is_of_another_user_and_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are said: each needs its own remedy."""
    env = on("linux", tmp_path)
    (env.folder / "a.ipynb").write_text("")
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    codes = [diagnosis.code for diagnosis in own_notebooks.warnings(env)]
    assert codes == ["notebook-of-another-user", "notebook-damaged"]
