"""What stands where a folder should be made: a file, a dead link, or nothing that blocks."""

from __future__ import annotations

from pathlib import Path

from envcheck_checks.machine import blocked_path


def test_a_folder_or_nothing_blocks_nothing(tmp_path: Path) -> None:
    """A folder that is there, one still to be made, and a link to a folder are all in order."""
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    for folder in (tmp_path, tmp_path / "a" / "b", tmp_path / "link" / "c"):
        assert blocked_path.find_blocker(folder) is None


def test_a_file_blocks_what_is_below_it_too(tmp_path: Path) -> None:
    """`mkdir -p` fails at the file, however far above it stands."""
    file = tmp_path / ".jupyter"
    file.touch()
    assert blocked_path.find_blocker(file) == file
    assert blocked_path.find_blocker(file / "custom" / "css") == file
    assert blocked_path.describe(file) == f"{file} is a file"


def test_a_dead_link_blocks(tmp_path: Path) -> None:
    """It is shown with what it says; a link that leads to itself is dead as well."""
    dead, circle = tmp_path / "dead", tmp_path / "circle"
    dead.symlink_to("gone")
    circle.symlink_to("circle")
    for link, to in ((dead, "gone"), (circle, "circle")):
        assert blocked_path.find_blocker(link / "data") == link
        assert blocked_path.describe(link) == f"{link} is a link that leads nowhere ({to})"


def test_a_link_to_a_file_is_a_file(tmp_path: Path) -> None:
    """The link lives, so it is not called dead."""
    (tmp_path / "file").touch()
    link = tmp_path / "link"
    link.symlink_to("file")
    assert blocked_path.find_blocker(link) == link
    assert blocked_path.describe(link) == f"{link} is a file"
