"""Two names of one place, as each system sees them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PurePosixPath

import pytest

from envcheck import places

APART = unicodedata.normalize("NFD", "/Users/Zoë/ml")  # as older disks of a Mac hand names out


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/Users/Zoë/ml", APART),
        ("/Users/Zoë/ml", "/users/zoë/ML"),
        ("/tmp/course", "/private/tmp/course"),
        ("/var/folders/x/T", "/private/var/folders/x/T"),
        ("/System/Volumes/Data/Users/Zoë/ml", "/Users/Zoë/ml"),
        ("/System/Volumes/Data/private/tmp/course", "/tmp/course"),
    ],
)
def test_one_place_of_a_mac(one: str, other: str) -> None:
    """Where nothing is at a place the names decide, as APFS takes them. Elsewhere they are two."""
    assert places.same(one, other, "darwin")
    assert places.same(other, one, "darwin")
    assert places.lies_in(f"{one}/.venv", other, "darwin")
    assert str(places.within(f"{one}/.venv/bin", other, "darwin")) == ".venv/bin"
    assert places.really_in(f"{one}/.venv", other, "darwin")
    assert not places.same(one, other, "linux")
    assert not places.lies_in(one, other, "linux")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/Users/Zoë", "/Users/Zoe"),
        ("/variety", "/private/variety"),
        ("/Users/ada/ml-old", "/Users/ada/ml"),
        ("/private/Users/ada", "/Users/ada"),
    ],
)
def test_two_places_of_a_mac(one: str, other: str) -> None:
    assert not places.same(one, other, "darwin")
    assert not places.lies_in(one, other, "darwin")


@pytest.mark.parametrize("name", ["/venv\0/lib", "/venv/\ud800", "\0", "/" + "a" * 5000])
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_name_that_no_file_can_have(name: str, platform: str, tmp_path: Path) -> None:
    """A path in somebody's `pyvenv.cfg`, `.pth` or traceback: it lies nowhere, and nothing is raised."""
    venv = str(tmp_path)
    assert places.same(name, name, platform) and not places.same(name, venv, platform)
    assert not places.lies_in(name, venv, platform) and not places.lies_in(venv, name, platform)
    assert not places.really_in(name, venv, platform)
    assert places.within(name, venv, platform) is None


def test_a_folder_is_asked_where_it_is_there(tmp_path: Path) -> None:
    """On a disk that tells cases apart two folders stay two, on a Mac as well."""
    (tmp_path / "ml").mkdir()
    (tmp_path / "ML").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "ml")
    assert not places.same(tmp_path / "ml", tmp_path / "ML", "darwin")
    assert places.same(tmp_path / "ml", tmp_path / "link", "darwin")
    assert places.lies_in(tmp_path / "link" / "x", tmp_path / "ml")
    assert places.within(tmp_path / "link" / "x", tmp_path / "ml") == PurePosixPath("x")


def test_a_link_lies_where_it_is_and_is_renamed_there(tmp_path: Path) -> None:
    (tmp_path / "venv/bin").mkdir(parents=True)
    python = tmp_path / "venv/bin/python"
    python.symlink_to("/usr/bin/env")
    assert places.lies_in(python, tmp_path / "venv")
    assert places.really_in(python, tmp_path / "venv")
    (tmp_path / "venv/out").symlink_to("/usr")
    assert places.lies_in(tmp_path / "venv/out/bin", tmp_path / "venv")
    assert not places.really_in(tmp_path / "venv/out/bin", tmp_path / "venv")
    assert not places.really_in(tmp_path / "venv", tmp_path / "venv")
    assert not places.really_in(f"{tmp_path}/venv/out/.", tmp_path / "venv")


def test_the_whole_disk_holds_all() -> None:
    assert places.lies_in("/Users/ada", "/")
    assert places.lies_in("/", os.sep)
    assert places.key("/TMP/A", "darwin") == "/private/tmp/a"


def test_a_relative_name_lies_in_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cython's frames are named so, and the learner's folder is often the one that we run in."""
    monkeypatch.chdir(tmp_path)
    for platform in ("linux", "darwin"):
        assert not places.lies_in("pandas/_libs/lib.pyx", tmp_path, platform)
        assert places.within("pandas/_libs/lib.pyx", tmp_path, platform) is None
    assert not places.lies_in("pandas\\_libs\\lib.pyx", "C:\\ml", "win32")
