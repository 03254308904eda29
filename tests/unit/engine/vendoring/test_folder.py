"""A course's folder gets all of the files or stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from envcheck.errors import NotWritten
from envcheck.vendoring import folder
from envcheck.vendoring.folder import Standing
from envcheck.vendoring.installed import LOCK, STARTED, wheel_name

SCRIPT = b"#!\n# Built from bootstrap/ by scripts/build-bootstrap: edit\nprint()\n"
WANTED = {
    wheel_name(): b"wheel",
    LOCK: b"# What envcheck installs for itself:\nx\n",
    STARTED: SCRIPT,
}
OLD = "envcheck_course-0.0.9-py3-none-any.whl"


def held(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_what_is_missing_differs_or_is_somebody_elses(tmp_path: Path) -> None:
    assert folder.standing(tmp_path, WANTED) == Standing(tuple(WANTED), (), (), ())
    (tmp_path / wheel_name()).write_bytes(b"other")
    (tmp_path / LOCK).write_bytes(b"theirs")
    (tmp_path / STARTED).symlink_to("elsewhere")
    (tmp_path / OLD).touch()
    now = folder.standing(tmp_path, WANTED)
    assert now == Standing((), (wheel_name(),), (LOCK, STARTED), (OLD,))


def test_line_ends_of_a_checkout_on_windows_are_no_difference(tmp_path: Path) -> None:
    for name, content in WANTED.items():
        (tmp_path / name).write_bytes(content.replace(b"\n", b"\r\n"))
    assert folder.standing(tmp_path, WANTED).current


def test_all_is_written_and_what_was_theirs_is_kept(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_bytes(b"theirs")
    (tmp_path / OLD).touch()
    aside = folder.write(tmp_path, WANTED, folder.standing(tmp_path, WANTED))
    assert aside == {LOCK: f"{LOCK}.envcheck-backup-1"}
    assert held(tmp_path) == {**WANTED, f"{LOCK}.envcheck-backup-1": b"theirs"}
    assert folder.standing(tmp_path, WANTED).current


def test_a_write_that_fails_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last file cannot be put in its place: the others get back what they were."""
    (tmp_path / wheel_name()).write_bytes(b"older")
    (tmp_path / LOCK).write_bytes(b"theirs")
    before, replace = held(tmp_path), Path.replace

    def refused(path: Path, target: str | os.PathLike[str]) -> Path:
        if Path(target).name == STARTED:
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(NotWritten, match="could not be written to: Permission denied"):
        folder.write(tmp_path, WANTED, folder.standing(tmp_path, WANTED))
    assert held(tmp_path) == before
