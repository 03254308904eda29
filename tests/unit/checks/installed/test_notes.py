"""Why a package says no version of itself, from what lies in its folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at

from envcheck.target.interpreter import Distribution
from envcheck_checks.installed.notes import unreadable
from envcheck_checks.installed.reinstall import pinned

ENTRY = "seaborn-0.13.2.dist-info"


def seaborn(folder: Path, version: str | None = None) -> Distribution:
    return Distribution("seaborn", version, str(folder), ENTRY)


def test_one_that_says_its_version(tmp_path: Path) -> None:
    assert unreadable(seaborn(tmp_path, "0.13.2")) == ""


def test_a_list_of_files_that_is_filled_with_zeros(tmp_path: Path) -> None:
    """All else may be whole: pip stops at it."""
    file_at(tmp_path / ENTRY / "RECORD", "\0" * 40)
    assert unreadable(seaborn(tmp_path, "0.13.2")) == "RECORD is filled with zeros"


def test_a_version_that_is_not_there(tmp_path: Path) -> None:
    file = file_at(tmp_path / ENTRY / "METADATA")
    assert "version None" in unreadable(seaborn(tmp_path))
    file.unlink()
    assert unreadable(seaborn(tmp_path)) == "METADATA is missing"


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there")
def test_links_that_lead_nowhere(tmp_path: Path) -> None:
    """One of its files, or all of it."""
    file_at(tmp_path / ENTRY / "RECORD")
    (tmp_path / ENTRY / "METADATA").symlink_to("/gone/METADATA")
    assert unreadable(seaborn(tmp_path)) == "METADATA is a link to a place that is gone"
    other = Distribution("pandas", None, str(tmp_path), "pandas-3.0.dist-info")
    (tmp_path / other.entry).symlink_to("/gone/pandas")
    assert unreadable(other) == "pandas-3.0.dist-info is a link to a place that is gone"


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file_at(tmp_path / ENTRY / "METADATA")
    monkeypatch.setattr("os.access", lambda place, _: not str(place).endswith("METADATA"))
    assert unreadable(seaborn(tmp_path)) == "METADATA may not be read by you"
    monkeypatch.setattr("os.access", lambda *_: False)
    assert unreadable(seaborn(tmp_path)) == f"{ENTRY} may not be read by you"


@pytest.mark.parametrize(
    ("version", "entry", "wanted"),
    [
        (None, ENTRY, "seaborn==0.13.2"),
        ("0.13.1", ENTRY, "seaborn==0.13.1"),
        (None, "seaborn.egg-info", "seaborn"),
        (None, "seaborn-None.dist-info", "seaborn"),
        ("0.13+local", ENTRY, "seaborn"),
        ("none", ENTRY, "seaborn"),
    ],
)
def test_which_version_is_put_back(version: str | None, entry: str, wanted: str) -> None:
    """The name of the folder still tells it."""
    assert pinned(Distribution("seaborn", version, "/site", entry), "seaborn") == wanted
