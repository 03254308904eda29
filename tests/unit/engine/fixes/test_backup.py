"""What is moved aside gets a name that nobody has yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck import Rename
from envcheck.fixes import grammar
from envcheck.fixes.backup import backup_name, is_out_of_sight, move_aside


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


def test_a_kernel_moved_aside_is_no_kernel_any_more(tmp_path: Path) -> None:
    """Jupyter goes by the file in a folder among its kernels, whatever the folder is called."""
    folder = tmp_path / "kernels/python3"
    folder.mkdir(parents=True)
    assert move_aside(folder).to == f"{folder}.envcheck-backup-1"
    (folder / "kernel.json").touch()
    (tmp_path / "python3.envcheck-backup-1").touch()
    aside = Rename(str(folder), str(tmp_path / "python3.envcheck-backup-2"))
    assert move_aside(folder) == aside
    back = Rename(aside.to, aside.source)
    assert is_out_of_sight(aside) and is_out_of_sight(back)
    assert grammar.parse({"do": "rename", "from": back.source, "to": back.to}) == back
    assert move_aside(folder / "kernel.json").to == f"{folder}/kernel.json.envcheck-backup-1"


def test_what_a_link_leads_to_is_not_touched(tmp_path: Path) -> None:
    """The folder may be another course's: the link is what is among the kernels."""
    (tmp_path / "others").mkdir()
    (tmp_path / "others/kernel.json").touch()
    (tmp_path / "kernels").mkdir()
    link = tmp_path / "kernels/python3"
    link.symlink_to(tmp_path / "others")
    assert move_aside(link) == Rename(str(link), str(tmp_path / "python3.envcheck-backup-1"))


@pytest.mark.parametrize(
    ("source", "to"),
    [
        ("/d/python3.envcheck-backup-1", "/d/other/python3"),
        ("/d/python3.envcheck-backup-1", "/d/kernels/ml"),
        ("/d/python3.envcheck-backup-1", "/e/kernels/python3"),
        ("/d/python3.envcheck-backup-x", "/d/kernels/python3"),
        ("/d/python3.envcheck-backup-", "/d/kernels/python3"),
        ("/d/python3", "/d/kernels/python3"),
        ("/d/kernels/python3", "/d/python3"),
    ],
)
def test_what_else_leaves_its_folder_is_nothing_of_ours(source: str, to: str) -> None:
    assert not is_out_of_sight(Rename(source, to))
