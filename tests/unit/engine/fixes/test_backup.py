"""What is moved aside gets a name that nobody has yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck import Rename
from envcheck.fixes.backup import backup_name, move_aside


@pytest.mark.parametrize(
    ("taken", "number"), [((), 1), ((1,), 2), ((1, 2), 3), ((2,), 1), ((1, 3), 2)]
)
def test_the_first_number_that_is_free(tmp_path: Path, taken: tuple[int, ...], number: int) -> None:
    """An earlier backup is never written over; a gap is used."""
    file = tmp_path / "random.py"
    for one in taken:
        Path(f"{file}.envcheck-backup-{one}").touch()
    assert move_aside(file) == Rename(str(file), f"{file}.envcheck-backup-{number}")


def test_a_dead_link_has_the_name_too(tmp_path: Path) -> None:
    """It leads nowhere, and a rename would still replace it."""
    (tmp_path / "a.envcheck-backup-1").symlink_to(tmp_path / "nowhere")
    assert backup_name(tmp_path / "a") == str(tmp_path / "a.envcheck-backup-2")


def test_a_folder_is_not_renamed_into_itself(tmp_path: Path) -> None:
    """A folder that is written with a slash at its end gets a name beside it."""
    assert backup_name(f"{tmp_path / 'a'}/") == str(tmp_path / "a.envcheck-backup-1")
