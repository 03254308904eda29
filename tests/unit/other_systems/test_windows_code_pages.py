"""Consoles and pipes with a code page of their own: a classic console of Windows (cp437, cp850), its
programs' files (cp1252). What envcheck says ends in no traceback, and lines to paste come through.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.built_file import ROOT

CODE_PAGES = ("cp437", "cp850", "cp1252", "ascii")
pytestmark = pytest.mark.slow


def said(folder: Path, code_page: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What a program says whose Python was told of that code page, and to end at other letters."""
    variables = {**os.environ, "PYTHONIOENCODING": f"{code_page}:strict", "PYTHONUTF8": "0"}
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False)
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"UnicodeEncodeError" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize(
    "code_page",
    [*CODE_PAGES[::3], *(pytest.param(page, marks=pytest.mark.whole) for page in CODE_PAGES[1:3])],
)
def test_the_next_step_comes_through(tmp_path: Path, code_page: str) -> None:
    """Whatever page the reader takes the bytes for: ASCII is the same in all."""
    folder = tmp_path / "Zoë Müller" / "日本"
    environment = folder / ".venv" / "Scripts"
    environment.mkdir(parents=True)
    (folder / ".venv" / "pyvenv.cfg").write_text("home = C:\\Python313\n")
    (environment / "python.exe").write_text("")
    done = said(folder, code_page, "-m", "envcheck", "chapter2", "--quick", "--offline")
    assert done.returncode == 1
    for page in (code_page, *CODE_PAGES[:3], "utf-8"):
        read = done.stdout.decode(page, "replace")
        assert "this environment was made on Windows" in read
        assert ".venv.envcheck-backup-1" in read
        assert "explain python-environment-broken" in read
    assert "Zoë Müller" in done.stdout.decode()


@pytest.mark.parametrize("code_page", ["cp437"])
def test_what_else_is_printed(tmp_path: Path, code_page: str) -> None:
    for words, code in ((("explain", "kernel"), 0), (("list",), 0), (("chapter2", "--zoë"), 2)):
        done = said(tmp_path, code_page, "-m", "envcheck", *words)
        assert done.returncode == code
        assert done.stdout or done.stderr
    asked = said(tmp_path, code_page, str(ROOT / "run-envcheck.py"), "--help")
    assert asked.returncode == 0
