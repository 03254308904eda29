"""`start-files-hidden`: recognised where a hidden file leads to a folder that Python has not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Run
from envcheck.target.interpreter import Interpreter
from envcheck.testing import passes, warns
from envcheck_checks.python.check import python
from envcheck_checks.python.hidden_files import warnings


def environment(
    folder: Path, text: str, monkeypatch: pytest.MonkeyPatch, flags: int = 0x8000
) -> Interpreter:
    own = python_at(folder / "home/Documents/ml/.venv")
    file_at(Path(own.paths["purelib"], "__editable__.course-1.0.pth"), text)
    really = Path.lstat

    def lstat(path: Path) -> object:
        return SimpleNamespace(st_flags=flags) if path.suffix == ".pth" else really(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    return own


def test_an_editable_package_in_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As cpython#148121 and uv#16977 have it."""
    (tmp_path / "course/src").mkdir(parents=True)
    own = environment(tmp_path, f"{tmp_path}/course/src\n", monkeypatch)
    found = warns(python(), on("darwin", tmp_path, own), "start-files-hidden")
    assert found.fixes[0].steps == (Run(("chflags", "-R", "nohidden", own.prefix)),)
    passes(python(), on("linux", tmp_path, own))
    assert warnings(on("linux", tmp_path, own), own) == []
    reads_them = replace(own, path=(*own.path, f"{tmp_path}/course/src"))
    passes(python(), on("darwin", tmp_path, reads_them))  # a Python from before 2024


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("import _virtualenv\n", 0x8000),  # nothing is led to
        ("/gone/away\n", 0x8000),
        ("# a comment\n\n", 0x8000),
        ("SRC\n", 0),
        ("SRC\n", 0x40),  # compressed
    ],
)
def test_a_mac_in_order(
    text: str, flags: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "course/src").mkdir(parents=True)
    own = environment(tmp_path, text.replace("SRC", f"{tmp_path}/course/src"), monkeypatch, flags)
    passes(python(), on("darwin", tmp_path, own))
