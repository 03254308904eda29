"""The nearest file answers, unless somebody else has put it there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.course_file import finding
from envcheck.errors import UsageProblem


def test_the_nearest_one(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b" / "c"
    below.mkdir(parents=True)
    assert finding.nearest(below) is None
    far, near = tmp_path / "envcheck.toml", tmp_path / "a" / "envcheck.toml"
    far.touch()
    assert finding.nearest(below) == far
    near.touch()
    assert finding.nearest(below) == near
    assert finding.nearest(tmp_path) == far


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with owners by number")
def test_somebody_elses_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that all may write to, anybody could have put it there."""
    file = tmp_path / "envcheck.toml"
    file.touch()
    monkeypatch.setattr(os, "geteuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(UsageProblem, match=f"another user.*--course {file}"):
        finding.nearest(tmp_path)
    assert finding.named(tmp_path) == file


def test_on_windows_nobody_owns_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python says 0 for all there: the folder's access list says who may write to it."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delattr(os, "geteuid", raising=False)
    (tmp_path / "envcheck.toml").touch()
    assert finding.is_ours(tmp_path / "envcheck.toml")


def test_a_folder_or_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "envcheck.toml").touch()
    assert finding.named(tmp_path) == finding.named(tmp_path / "envcheck.toml")
    with pytest.raises(UsageProblem, match="no such file"):
        finding.named(tmp_path / "gone.toml")
