"""What is kept is for its owner alone, and what others may have laid is not read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from envcheck.sending.own_folder import OwnFolder, class_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")


def test_its_own(tmp_path: Path) -> None:
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    assert folder.read("a") is None and [*folder.names()] == []
    folder.write("a", b"1")
    folder.write("a", b"2")
    assert folder.read("a") == b"2" and [*folder.names()] == ["a"]
    assert (folder.path / "a").stat().st_mode & 0o777 == 0o600
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.remove("a")
    folder.remove("a")
    assert folder.read("a") is None


def test_what_others_may_have_laid(tmp_path: Path) -> None:
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    folder.write("a", b"1")
    (tmp_path / "b").write_bytes(b"x")
    (folder.path / "link").symlink_to(tmp_path / "b")
    (folder.path / "hard").hardlink_to(tmp_path / "b")
    os.mkfifo(folder.path / "pipe", 0o600)
    (folder.path / "open").write_bytes(b"x")
    (folder.path / "open").chmod(0o644)
    assert [folder.read(name) for name in ("link", "hard", "pipe", "open")] == [None] * 4
    folder.path.chmod(0o777)
    assert folder.read("a") is None
    with pytest.raises(PermissionError):
        folder.write("a", b"2")


@pytest.mark.parametrize("where", ["envcheck", "envcheck/class"])
def test_a_link_in_place_of_the_folder(where: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "class").mkdir(parents=True)
    (tmp_path / where).parent.mkdir(exist_ok=True)
    (tmp_path / where).symlink_to(tmp_path / "elsewhere")
    folder = OwnFolder(tmp_path / "envcheck" / "class")
    with pytest.raises(OSError):
        folder.write("a", b"1")
    assert folder.read("a") is None
    assert [*(tmp_path / "elsewhere" / "class").iterdir()] == []


@pytest.mark.parametrize(
    ("platform", "variables", "where"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/envcheck/class"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/c"}, "/c/envcheck/class"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "c"}, None),
        ("linux", {"HOME": "/"}, None),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/envcheck/class"),
        ("win32", {"HOME": "/h", "LOCALAPPDATA": "/l"}, "/l/envcheck/class"),
    ],
)
def test_where_it_is(platform: str, variables: dict[str, str], where: str | None) -> None:
    folder = class_folder(variables, platform)
    assert (folder and folder.path) == (where and Path(where))
