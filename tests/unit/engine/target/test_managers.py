"""Where a package manager is: on the learner's PATH, else where its installer put it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, on

from envcheck.target.managers import PLACES, starter, uv_command


@pytest.mark.parametrize("place", PLACES)
def test_uv_is_looked_for_where_every_manager_is(tmp_path: Path, place: str) -> None:
    env = on("linux", tmp_path)
    assert uv_command(env) == starter(env, "uv") == ""
    installed = str(command_at(tmp_path / "home" / place / "uv"))
    assert uv_command(env) == starter(env, "uv") == installed
    typed = str(command_at(tmp_path / "bin/uv"))
    assert (uv_command(env), starter(env, "uv")) == (typed, "uv")
