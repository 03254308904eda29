"""Bytecode that Python takes and cannot read, found by a real Python."""

from __future__ import annotations

import importlib.util
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck.target.script import source_of
from envcheck_checks.installed import bytecode


def compiled(folder: Path, name: str) -> Path:
    source = folder / name
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text("number = 1\n", encoding="utf-8")
    return Path(str(py_compile.compile(str(source))))


@pytest.mark.parametrize(
    ("kept", "put", "says"),
    [
        (16, b"", "EOFError: EOF read where object expected"),
        (16, b"\0" * 40, "ValueError: bad marshal data (unknown type code)"),
        (40, b"", "EOFError: marshal data too short"),
        (16, b"N", "ImportError: Non-code object in '/v/x.pyc'"),
    ],
)
def test_what_python_cannot_read(tmp_path: Path, kept: int, put: bytes, says: str) -> None:
    """It is that file, and none of those that Python would make anew by itself."""
    file, short, other = (compiled(tmp_path / "a", f"{name}.py") for name in "xyz")
    compiled(tmp_path / "b", "whole.py")
    whole = file.read_bytes()
    file.write_bytes(whole[:kept] + put)
    short.write_bytes(whole[:7])
    other.write_bytes(b"\0" * len(whole))
    source = source_of("envcheck_checks.in_target", "bytecode.py")
    command = [sys.executable, "-I", "-c", source, "MARK", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.count("MARK") == 2 and file.name in said
    assert bytecode.SAYS.search(f"Traceback\n{says}\n") is not None
    done = subprocess.run(
        [sys.executable, "-c", "import x"],
        check=False,
        cwd=tmp_path / "a",
        capture_output=True,
        text=True,
    )
    assert bytecode.SAYS.search(done.stderr) is not None, done.stderr
    assert whole[:4] == importlib.util.MAGIC_NUMBER


@pytest.mark.parametrize("own", [True, False])
def test_its_folders_are_moved_aside(tmp_path: Path, own: bool) -> None:
    """Once each; where they are not the environment's alone, a person decides."""
    python = python_at(tmp_path / "venv", {})
    folder = (tmp_path / "venv" if own else tmp_path / "base") / "pandas/__pycache__"
    files = (str(folder / "a.pyc"), str(folder / "b.pyc"))
    env = on("linux", tmp_path, python, facts={bytecode.damaged_files: files})
    told = bytecode.diagnose(env, "EOFError: marshal data too short", "pandas cannot be imported")
    assert told is not None
    assert (told.code, told.evidence.looked_in) == ("package-damaged", files[0])
    assert (len(told.fixes[0].steps), told.fixes[0].automatic) == (1, own)
    assert bytecode.diagnose(env, "EOFError: no data", "x") is None
