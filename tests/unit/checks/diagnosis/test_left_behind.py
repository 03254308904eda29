"""What no list of installed files names: each on a machine that has it, and on the same one without."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import file_at, on, python_at

from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.left_behind import find_damaged_bytecode, find_left_over_folder
from envcheck_checks.installed.bytecode import damaged_files


def test_bytecode_that_cannot_be_read(tmp_path: Path) -> None:
    """Asked for only where Python says so; and it may be another Python's."""
    failure = Failure("no kernel starts", "EOFError: marshal data too short")
    file = str(tmp_path / "venv/site/tornado/__pycache__/web.pyc")
    for files in ((file,), ()):
        env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts={damaged_files: files})
        told = find_damaged_bytecode(env, failure)
        assert (told is not None) is bool(files)
        assert told is None or "no kernel starts" in told.summary
    assert find_damaged_bytecode(env, Failure("no kernel starts", "ValueError: x")) is None


def test_a_folder_that_was_left(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    failure = Failure("pandas fails", "AttributeError: module 'numexpr' has no attribute 'x'")
    assert find_left_over_folder(env, failure) is None
    file_at(tmp_path / "venv/site/numexpr/notes.txt")
    told = find_left_over_folder(env, failure)
    assert told is not None and told.code == "package-damaged"
