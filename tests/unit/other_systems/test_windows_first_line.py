"""What a learner of Windows typed to start run-envcheck.py, and the words that start it again."""

from __future__ import annotations

import ntpath
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.described_machines import command_at

from bootstrap import compatibility as _compatibility
from bootstrap import python_check as _python_check
from bootstrap import target as _target
from bootstrap import typed as _typed
from envcheck.target import locate

# Of the file that learners start, which Python 2 reads too: no types.
compatibility: Any = _compatibility
python_check: Any = _python_check
target: Any = _target
typed: Any = _typed
PYTHON = r"C:\Users\zoe\AppData\Local\Programs\Python\Python313\python.exe"
OTHER = r"C:\Python39\python.exe"
STUB = r"C:\Users\zoe\AppData\Local\Microsoft\WindowsApps\python3.EXE"
MANAGERS = r"C:\Users\zoe\AppData\Local\Python\bin\python3.EXE"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Where the words of PATH lead, as `shutil.which` says it there: with the letters of PATHEXT."""
    on_path: dict[str, str] = {}
    for module in (typed, compatibility, python_check):
        monkeypatch.setattr(module, "WINDOWS", True)
    monkeypatch.setattr(typed, "which", lambda name: on_path.get(name, ""))
    monkeypatch.setattr(typed, "full_path", str)
    monkeypatch.setattr(typed, "started_by", lambda *_: "")
    monkeypatch.setattr(os.path, "normcase", ntpath.normcase)
    monkeypatch.setattr(os.path, "isabs", ntpath.isabs)
    monkeypatch.setattr(sys, "executable", PYTHON)
    return on_path


@pytest.mark.parametrize(
    ("first", "by_launcher", "on_path", "words"),
    [
        # PATH's letters are another's, and `which` adds those of PATHEXT.
        (PYTHON, "", {"python": PYTHON.replace(".exe", ".EXE")}, ["python"]),
        (PYTHON, "", {"python": PYTHON.upper(), "python3": STUB}, ["python"]),
        (PYTHON, PYTHON.replace("C:", "c:"), {}, ["py", "-3"]),
        # PY_PYTHON3, or py.ini, makes `py -3` another one.
        (PYTHON, OTHER, {"python": PYTHON}, ["python"]),
        (PYTHON, OTHER, {"python": OTHER}, [PYTHON]),
        # A launcher that leaves its own name there: `py` alone would obey the file's first line.
        ("py", PYTHON, {}, ["py", "-3"]),
        ("py.exe", PYTHON, {}, ["py", "-3"]),
        ("PY", OTHER, {"python": PYTHON}, ["python"]),
        # The install manager's aliases, and what a learner types who came from a Mac.
        ("python3", "", {"python3": MANAGERS}, ["python3"]),
        ("python", "", {}, ["python"]),
        (r".venv\Scripts\python", "", {}, [r".venv\Scripts\python"]),
    ],
)
def test_the_words_that_start_it_again(
    windows: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    by_launcher: str,
    on_path: dict[str, str],
    words: list[str],
) -> None:
    windows.update(on_path)
    monkeypatch.setattr(typed, "started_by", lambda *_: by_launcher)
    assert typed.typed_python(first) == words


def test_a_folder_of_path_within_quotes(windows: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """cmd takes them off, and what stands between them is one folder."""
    monkeypatch.setenv("PATH", r'C:\a;"C:\Program Files\Git";"D:\b;c";;')
    folders = [r"C:\a", r"C:\Program Files\Git", r"D:\b;c"]
    assert compatibility.path_folders() == folders


def test_an_active_environment_within_quotes(
    windows: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A false `environment-not-active` otherwise."""
    command_at(tmp_path / "ml" / "Scripts" / "python.exe")
    monkeypatch.setenv("PATH", f'C:\\Windows;"{tmp_path / "ml" / "Scripts"}"')
    assert target.starts(str(tmp_path / "ml"))


def test_the_same_python_is_no_other_one(
    windows: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What does not work by one name of it is not offered by another one."""
    broken = command_at(tmp_path / "Python39" / "python.exe")
    asked: list[str] = []
    monkeypatch.setattr(python_check, "ask_python", lambda words, _: asked.extend(words))
    monkeypatch.setenv("PATH", str(broken.parent))
    examined = SimpleNamespace(command=str(broken).replace("Python39", "PYTHON39"))
    python_check.offer_another_python(examined, ">=3.7")
    assert not asked


def test_a_program_is_looked_for_as_python_2_does(
    windows: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It has no `shutil.which`: `py` is `py.exe` there."""
    py = command_at(tmp_path / "py.exe")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(compatibility, "shutil", SimpleNamespace())
    assert compatibility.which("py") == str(py)


def test_no_unix_program_is_taken_on_windows(
    windows: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """pyenv-win has a script for a Unix shell beside each `.bat`, and a wheel brings one beside `.cmd`."""
    for name in ("python", "python.bat", "uv", "envcheck", "envcheck.cmd"):
        command_at(tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(compatibility, "shutil", SimpleNamespace())
    assert compatibility.which("python") == str(tmp_path / "python.bat")
    assert compatibility.which("envcheck") == str(tmp_path / "envcheck.cmd")
    assert compatibility.which("envcheck.cmd") == str(tmp_path / "envcheck.cmd")
    assert compatibility.which("uv") == ""


WINDOWS_PROGRAMS = ("uv.exe", "py.exe", "python.exe", "python3.cmd", "jupyter.exe", "conda.bat")


@pytest.mark.skipif(sys.platform == "win32", reason="only on systems that are not Windows")
@pytest.mark.parametrize("program", WINDOWS_PROGRAMS)
def test_no_program_of_windows_is_taken_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    """WSL puts Windows' folders on PATH, and all that lies in them may be started."""
    command_at(tmp_path / program)
    monkeypatch.setenv("PATH", str(tmp_path))
    name = program.partition(".")[0]
    assert compatibility.which(name) == ""
    monkeypatch.setattr(compatibility, "shutil", SimpleNamespace())
    assert compatibility.which(name) == ""
    assert [*locate._on_path({"PATH": str(tmp_path)}, tmp_path)] == []
