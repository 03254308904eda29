"""Folders and files of Windows that refuse, each in its own way."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.described_machines import on
from tests.unit.engine.test_held import refusal

from envcheck import held
from envcheck.command import destinations
from envcheck.fixes import file_steps
from envcheck.model import Rename
from envcheck.private_file import folder_mode, write_whole
from envcheck.processes.visit import Visit
from envcheck.target import belongings
from envcheck_checks.machine import work_folder
from envcheck_checks.machine.write_access import write_error

ROOT = Path(__file__).parents[3]


def refused(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, times: int = 2) -> list[str]:
    """So many times a program holds what is to be renamed or deleted, and then lets go."""
    act, calls = getattr(owner, name), list[str]()

    def first_refused(*words: object, **more: object) -> object:
        calls.append(name)
        if len(calls) <= times:
            raise refusal(32)
        return act(*words, **more)

    monkeypatch.setattr(owner, name, first_refused)
    monkeypatch.setattr(held, "WAITS", (0, 0, 0))
    return calls


def test_an_antivirus_program_looks_at_what_a_fix_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".venv").mkdir()
    refused(monkeypatch, Path, "rename")
    file_steps.rename(Rename(str(tmp_path / ".venv"), str(tmp_path / "aside")))
    assert (tmp_path / "aside").is_dir()


@pytest.mark.parametrize("write", [write_whole, destinations._replace])
def test_an_antivirus_program_looks_at_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, bytes], None]
) -> None:
    refused(monkeypatch, Path, "replace")
    write(tmp_path / "report.json", b"{}")
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_a_folder_that_can_be_written_to_is_not_called_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that proves it is looked at by an antivirus program, and then deleted; where it may
    not be, files can be made there all the same.
    """
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    calls = refused(monkeypatch, Path, "unlink")
    assert write_error(tmp_path) is None
    assert len(calls) == 3
    assert not list(tmp_path.iterdir())
    refused(monkeypatch, Path, "unlink", times=99)
    assert write_error(tmp_path) is None


def test_what_we_brought_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = Visit.begin(str(tmp_path), "envcheck12ab34")
    (tmp_path / "envcheck12ab34.ipynb").touch()
    refused(monkeypatch, os, "unlink")
    assert visit.clear()


def test_controlled_folder_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says `No such file` of a file that is to be made in a folder that is there."""

    def said(name: str, number: int, folder: Path = tmp_path) -> str:
        error = OSError(number, os.strerror(number))
        monkeypatch.setattr(work_folder, "write_error", lambda _: error)
        found = work_folder.diagnose(on(name, tmp_path), folder)
        assert found is not None
        assert found.code == "work-folder-read-only"
        return f"{found.summary} {found.fixes}"

    assert "Manage ransomware protection" in said("win32", errno.ENOENT)
    assert "Controlled" not in said("win32", errno.EACCES)
    assert "Controlled" not in said("linux", errno.ENOENT)
    assert "Controlled" not in said("win32", errno.ENOENT, tmp_path / ("long" * 60))


def test_a_folder_that_windows_says_one_may_write_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its `access` asks for the read-only mark alone, which folders do not obey: a new environment
    would be offered where it cannot be made.
    """
    assert belongings.may_write(tmp_path)
    monkeypatch.setattr(sys, "platform", "win32")
    assert belongings.may_write(tmp_path)
    assert not list(tmp_path.iterdir())

    def refuse(*_: object, **__: object) -> None:
        raise refusal(5)

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert not belongings.may_write(tmp_path)
    assert belongings.may_write(tmp_path / "nowhere")


def test_a_run_as_administrator_locks_nobody_out() -> None:
    """0o700 gives a folder to its owner alone, and what an administrator makes is Administrators':
    the person's next run could not read its own cache (python/cpython#157876).
    """
    assert folder_mode("win32") == 0o777
    assert folder_mode("linux") == folder_mode("darwin") == 0o700
    constants = (ROOT / "bootstrap/constants.py").read_text(encoding="utf-8")
    line = next(line for line in constants.splitlines() if line.startswith("OWNERS_ALONE"))
    for windows, mode in ((True, 0o777), (False, 0o700)):
        known: dict[str, object] = {"WINDOWS": windows}
        exec(line, known)  # our own line
        assert known["OWNERS_ALONE"] == mode
    for file in (*ROOT.glob("src/**/*.py"), *ROOT.glob("bootstrap/*.py")):
        made = [line for line in file.read_text(encoding="utf-8").splitlines() if "mkdir" in line]
        assert not [line for line in made if "0o700" in line], file
