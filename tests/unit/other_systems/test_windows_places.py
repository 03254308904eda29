"""Where Windows' Pythons, their commands and their temporary files lie."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.described_machines import on

from bootstrap import cache as cache_of_file
from bootstrap import hosts as hosts_of_file
from envcheck.run import scratch
from envcheck.target.locate import locate, typed_names
from envcheck.testing import interpreter
from envcheck_checks.commands import moved
from envcheck_checks.commands.facts import named_interpreter

# Of the file that learners start, which Python 2 reads too: no types.
cache: Any = cache_of_file
hosts: Any = hosts_of_file


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(cache, "WINDOWS", True)
    monkeypatch.setattr(hosts, "WINDOWS", True)


def make(file: Path, content: bytes = b"MZ") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o755)
    return file


def made_by_pip(python: str) -> bytes:
    """A command's program: the launcher's code, the line with the Python, an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("__main__.py", "main()")
    return b"MZ\x90 #!not this\n code" + f"#!{python}\r\n".encode() + archive.getvalue()


@pytest.mark.parametrize(
    "python", [r"C:\Python313\python.exe", r'"C:\Program Files\Py\python.exe"']
)
def test_a_command_of_a_user_installation(tmp_path: Path, windows: None, python: str) -> None:
    """`AppData\\Roaming\\Python\\Python313\\Scripts\\jupyter.exe`: no Python lies beside it."""
    script = make(tmp_path / "Python313" / "Scripts" / "jupyter.exe", made_by_pip(python))
    assert named_interpreter(script) == (python.strip('"'), False)


@pytest.mark.parametrize("program", [b"MZ", made_by_pip("python.exe")])
def test_a_folder_of_aliases_is_no_environment(
    tmp_path: Path, windows: None, program: bytes
) -> None:
    """uv's `.local\\bin` and the install manager's `Python\\bin` have a python.exe beside commands of
    other environments: only running one can tell.
    """
    make(tmp_path / "bin" / "python.exe")
    assert named_interpreter(make(tmp_path / "bin" / "jupyter.exe", program)) == (None, False)


@pytest.mark.parametrize("mark", ["pyvenv.cfg", "Lib/os.py"])
def test_a_command_of_an_environment(tmp_path: Path, windows: None, mark: str) -> None:
    place = tmp_path / "env"
    make(place / mark)
    python = make(place / ("Scripts/python.exe" if mark == "pyvenv.cfg" else "python.exe"))
    assert named_interpreter(make(place / "Scripts" / "jupyter.exe")) == (str(python), False)


def test_the_commands_of_a_moved_environment(tmp_path: Path, windows: None) -> None:
    """Written anew with what activates it: each `.exe` still starts the Python of the old place."""
    place = tmp_path / "env"
    make(place / "pyvenv.cfg")
    own = make(place / "Scripts" / "python.exe")
    make(place / "Scripts" / "activate.bat", b'@set "VIRTUAL_ENV=/old/.venv"\r\n')
    moved_python = interpreter(packages={"pip": "24.0"}, prefix=str(place))
    for program, names in ((r"C:\old\.venv\Scripts\python.exe", ["pip"]), (str(own), [])):
        make(place / "Scripts" / "pip.exe", made_by_pip(program))
        fix = moved.rewrite_activation(on("win32", tmp_path), moved_python)
        installed = [step for step in fix.steps if "--force-reinstall" in str(step)]
        assert [name for step in installed for name in names if name in str(step)] == names
        assert bool(installed) is bool(names)


def test_the_alias_python3_is_not_what_is_typed(
    tmp_path: Path, windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Store's `python3` is on everybody's PATH; python.org's and conda's Pythons have none."""
    places = {"python": r"C:\Python313\python.exe", "python3": r"C:\WindowsApps\python3.exe"}
    monkeypatch.setattr(shutil, "which", lambda name, path: places.get(name))
    assert "Python313" in locate(None, {"PATH": "x"}, tmp_path).command[0]
    assert typed_names()[-1] == "python3"


@pytest.mark.parametrize(
    "place",
    [
        "Local/Programs/Python/Python313/python.exe",
        "Local/Python/pythoncore-3.14-64/python.exe",
        "Roaming/uv/python/cpython-3.12.8-windows-x86_64-none/python.exe",
        "home/.pyenv/pyenv-win/versions/3.11.9/python.exe",
        "Files/Python312/python.exe",
        "Roaming/jupyterlab-desktop/jlab_server/python.exe",
    ],
)
def test_pythons_that_are_on_no_path(
    tmp_path: Path, windows: None, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    for name, folder in (
        ("LOCALAPPDATA", "Local"),
        ("APPDATA", "Roaming"),
        ("ProgramFiles", "Files"),
    ):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    python = make(tmp_path / place)
    assert str(python) in list(hosts.find_other_pythons({}))


@pytest.mark.parametrize(
    ("system", "place", "python"),
    [
        ("nt", "home/anaconda3", "python.exe"),
        ("nt", "Local/miniconda3", "python.exe"),
        ("nt", "ProgramData/miniforge3", "python.exe"),
        ("posix", "home/miniforge3", "bin/python3"),
        ("posix", "home/opt/anaconda3", "bin/python3"),
        ("posix", "home/Library/jupyterlab-desktop/jlab_server", "bin/python3"),
    ],
)
def test_condas_that_no_terminal_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, place: str, python: str
) -> None:
    """The Python that started the file may be too old for envcheck, and these the only others."""
    for name, folder in (
        ("LOCALAPPDATA", "Local"),
        ("ProgramData", "ProgramData"),
        ("HOME", "home"),
    ):
        monkeypatch.setenv(name, str(tmp_path / folder))
    monkeypatch.setattr(hosts, "WINDOWS", system == "nt")
    file = make(tmp_path / place / python)
    (tmp_path / place / "conda-meta").mkdir()
    (tmp_path / "home/mambaforge").mkdir(parents=True)
    found = list(hosts.find_other_pythons({}))
    assert str(file) in found
    assert not [path for path in found if "mambaforge" in path], "an empty folder is no conda"


def test_pythons_that_the_launcher_knows(windows: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """`py -0p` lists them with their paths; elsewhere a `py` is somebody else's."""
    said = SimpleNamespace(output=" -V:3.13 *        D:\\Python313\\python.exe\n")
    monkeypatch.setattr(hosts, "which", lambda name: "py" if name == "py" else "")
    monkeypatch.setattr(hosts, "run", lambda *_: said)
    assert "D:\\Python313\\python.exe" in list(hosts.find_other_pythons({}))
    monkeypatch.setattr(hosts, "WINDOWS", False)
    assert "D:\\Python313\\python.exe" not in list(hosts.find_other_pythons({}))


def test_the_store_s_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it makes in TEMP lies elsewhere for others, and both names are guarded."""
    real = tmp_path / "LocalCache"
    real.mkdir()
    (tmp_path / "Temp").symlink_to(real)
    guarded: list[str] = []
    watchdog: Any = type("Described", (), {"guard_folder": lambda _, name: guarded.append(name)})()
    monkeypatch.setattr(sys, "platform", "win32")
    made = scratch._new_folder(watchdog, tmp_path / "Temp")
    assert made.parent == real
    assert guarded == [str(tmp_path / "Temp" / made.name), str(made)]


def test_a_base_that_changed_makes_the_environment_anew(tmp_path: Path, windows: None) -> None:
    """python.exe of an environment of Windows is a small program that does not change with it."""
    base = make(tmp_path / "Python313" / "python.exe")
    place = tmp_path / "environment"
    make(place / "Scripts" / "python.exe")
    make(place / "bin" / "python")
    make(place / "pyvenv.cfg", f"home = {base.parent}\r\nversion = 3.13.1\r\n".encode())
    before = cache.file_stamp(str(place))
    assert before == cache.file_stamp(str(place)) is not None
    os.utime(base, (1, 1))
    assert cache.file_stamp(str(place)) != before
    base.unlink()
    assert cache.file_stamp(str(place)) is None
