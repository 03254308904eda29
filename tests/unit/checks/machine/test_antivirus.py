"""A compiled file that is gone again on Windows may have been taken by an antivirus program."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck_checks.machine import antivirus


@pytest.mark.parametrize(
    ("system", "file", "suspected"),
    [
        ("win32", "numpy/core/_multiarray.pyd", True),
        ("win32", "pywin32_system32/pywintypes312.DLL", True),
        ("win32", "Scripts/jupyter.exe", True),
        ("win32", "numpy/__init__.py", False),
        ("win32", "numpy/pyd", False),
        ("linux", "numpy/core/_multiarray.so", False),
        ("darwin", "pip/_vendor/distlib/t64.exe", False),
    ],
)
def test_only_windows_programs_are_taken(
    tmp_path: Path, system: str, file: str, suspected: bool
) -> None:
    """The note tells where to look, and stands only by what such programs take."""
    note = antivirus.note(on(system, tmp_path), file)
    assert ("quarantine" in note) is suspected
    assert bool(note) is suspected
