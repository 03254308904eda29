"""What a runner made for envcheck is told from what a learner made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bootstrap.constants import MARKER

from envcheck.target import runners


@pytest.mark.parametrize("mark", ["uv-receipt.toml", "pipx_metadata.json", MARKER])
def test_marks(mark: str, tmp_path: Path) -> None:
    """`uv tool install`, pipx and run-envcheck.py leave a file in the environments that they make."""
    assert not runners.made_by_runner(tmp_path)
    (tmp_path / mark).touch()
    assert runners.made_by_runner(tmp_path)


@pytest.mark.parametrize(
    ("place", "made"),
    [
        ("uv/archive-v0/eTL_MEuaTTOjlNYc", True),
        ("uv/builds-v0/.tmpfof0VR", True),
        ("uv/environments-v2/s-0164076518acf846", True),
        ("course/.venv", False),
        ("archive/.venv", False),
    ],
)
def test_cache_of_uv(place: str, made: bool, tmp_path: Path) -> None:
    """`uvx`, `uv run --with` and scripts with a list of their own live in uv's cache."""
    folder = tmp_path / place
    folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(folder)
    assert runners.made_by_runner(folder) is made
    assert runners.made_by_runner(tmp_path / "link") is made


def test_variables_without_the_runner(tmp_path: Path) -> None:
    """Its folder on PATH and its active environment are gone; another tool's folder stays."""
    host, other, temporary = tmp_path / "host", tmp_path / "jupyterlab", tmp_path / "builds-v0/.tmp"
    for place in (host, other):
        place.mkdir()
        (place / "uv-receipt.toml").touch()
    path = os.pathsep.join(f"{place}/bin" for place in (temporary, host, other, "/usr"))
    seen = runners.without_runner({"PATH": path, "VIRTUAL_ENV": str(temporary)}, str(host))
    assert seen == {"PATH": os.pathsep.join([f"{other}/bin", "/usr/bin"])}


def test_variables_of_a_learners_own_environment(tmp_path: Path) -> None:
    """envcheck installed by the learner hides nothing of theirs; nor does a terminal without PATH."""
    own = {"PATH": f"{tmp_path}/bin", "VIRTUAL_ENV": str(tmp_path)}
    assert runners.without_runner(own, str(tmp_path)) == own
    assert runners.without_runner({}, str(tmp_path)) == {}
