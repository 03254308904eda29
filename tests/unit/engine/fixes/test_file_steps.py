"""Files are renamed and written so that each step can be taken back to the last byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck import Rename, Step, Write
from envcheck.fixes import file_steps
from envcheck.fixes.state import StepFailed


def take_back(steps: tuple[Step, ...]) -> None:
    for step in steps:
        assert isinstance(step, Rename)
        Path(step.source).rename(step.to)


def test_what_stands_at_the_new_place_is_kept(tmp_path: Path) -> None:
    """It is moved aside first, and both are back afterwards."""
    (tmp_path / "a").write_text("a", encoding="utf-8")
    (tmp_path / "b").write_text("b", encoding="utf-8")
    steps = file_steps.rename(Rename(str(tmp_path / "a"), str(tmp_path / "b")))
    assert (tmp_path / "b").read_text() == "a"
    assert (tmp_path / "b.envcheck-backup-1").read_text() == "b"
    take_back(steps)
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("a", "b")


def test_a_file_that_is_written_over_is_kept(tmp_path: Path) -> None:
    """The old text is back afterwards, and what the fix wrote is kept under another name."""
    file = tmp_path / "a"
    file.write_text("old", encoding="utf-8")
    steps = file_steps.write(Write(str(file), "new"))
    assert file.read_text() == "new"
    take_back(steps)
    assert file.read_text() == "old"
    assert (tmp_path / "a.envcheck-backup-2").read_text() == "new"


def test_what_is_not_there_cannot_be_renamed(tmp_path: Path) -> None:
    """The sentence names it, and nothing has to be taken back."""
    with pytest.raises(StepFailed, match="it is not there") as failed:
        file_steps.rename(Rename(str(tmp_path / "a"), str(tmp_path / "b")))
    assert failed.value.undo == ()


def test_a_rename_that_fails_half_way(tmp_path: Path) -> None:
    """What had been moved aside by then is brought back by the steps of the failure."""
    folder = tmp_path / "folder"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(StepFailed, match="cannot be renamed") as failed:
        file_steps.rename(Rename(str(folder), str(folder / "inside")))
    take_back(failed.value.undo)
    assert [path.name for path in folder.iterdir()] == ["inside"]
