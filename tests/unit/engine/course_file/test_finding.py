"""The nearest file answers, unless somebody else has put it there."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from tests import built_file

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


def owned_by(monkeypatch: pytest.MonkeyPatch, owner: int, of_folders: int | None = None) -> None:
    """All files and folders of this test's are somebody's; the folders of another one, if told."""
    real = {"stat": os.stat, "lstat": os.lstat}

    def as_theirs(name: str) -> Any:
        def ask(path: Any, *words: Any, **options: Any) -> os.stat_result:
            facts = real[name](path, *words, **options)
            whose = owner
            if of_folders is not None and stat.S_ISDIR(facts.st_mode):
                whose = of_folders
            return os.stat_result((*facts[:4], whose, *facts[5:10]))

        return ask

    for name in real:
        monkeypatch.setattr(os, name, as_theirs(name))


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with owners by number")
@pytest.mark.parametrize("person", [0, 65534])
@pytest.mark.parametrize("owner", [0, 1000, 65534])
def test_whose_files_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, person: int, owner: int
) -> None:
    """The person's own and root's, for a course file as for the folder of envcheck's environments: an
    image is made by root and used by others.
    """
    (tmp_path / "envcheck.toml").touch()
    monkeypatch.setattr(os, "geteuid", lambda: person)
    trusted = owner in (0, person)
    with monkeypatch.context() as patched:
        owned_by(patched, owner)
        assert built_file.names()["is_ours"](str(tmp_path)) is trusted
    owned_by(monkeypatch, owner, of_folders=0)
    assert finding.is_ours(tmp_path / "envcheck.toml") is trusted


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with owners by number")
def test_somebody_elses_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that all may write to, anybody could have put it there."""
    file = tmp_path / "envcheck.toml"
    file.touch()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    owned_by(monkeypatch, 12345)
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


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with owners by number")
@pytest.mark.parametrize(
    ("folders_owner", "files_owner", "trusted"),
    [(1000, 1000, True), (1000, 1001, False), (0, 1000, False), (1000, 0, True)],
)
def test_root_in_a_container_trusts_whoever_has_the_folder(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    folders_owner: int,
    files_owner: int,
    trusted: bool,
) -> None:
    """`docker run -v $PWD:/w` gives root somebody's checkout: all of it is theirs. What another one has
    put into it, or anybody into /tmp, is not.
    """
    file = tmp_path / "envcheck.toml"
    file.touch()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(finding, "is_in_container", lambda: True)
    owned_by(monkeypatch, files_owner, of_folders=folders_owner)
    assert finding.is_ours(file) is trusted


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with owners by number")
def test_root_of_a_machine_of_many_trusts_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator who looks into a student's folder runs no code of the student's."""
    file = tmp_path / "envcheck.toml"
    file.touch()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(finding, "is_in_container", lambda: False)
    owned_by(monkeypatch, 1000)
    assert not finding.is_ours(file)


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems with owners by number")
def test_the_option_can_be_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "it's mine" / "envcheck.toml"
    file.parent.mkdir()
    file.touch()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    owned_by(monkeypatch, 12345)
    with pytest.raises(finding.Stranger) as raised:
        finding.nearest(file.parent)
    assert shlex.split(str(raised.value).partition("name it: ")[2]) == ["--course", str(file)]
