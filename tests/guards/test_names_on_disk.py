"""The project's own files can be unpacked on Windows and on a Mac: learners download it as a zip."""

from __future__ import annotations

import collections
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Names of devices, whatever stands behind a dot, and signs that no name may have ("Naming Files,
# Paths, and Namespaces").
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)
REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
ROOM = 259 - len(r"C:\Users\a-long-name-of-20-ch\Downloads\envcheck-main\envcheck-main") - 1


def faults(files: list[str]) -> list[str]:
    """What Windows or a Mac would not make, or make one of two."""
    found = [
        f"{file}: {name}"
        for file in files
        for name in file.split("/")
        if DEVICES.fullmatch(name) or REFUSED.search(name)
    ]
    found += [f"{file}: {len(file)} letters" for file in files if len(file) > ROOM]
    alike = collections.defaultdict(set)
    for file in files:
        alike[unicodedata.normalize("NFC", file).casefold()].add(file)
    return found + [f"one file: {sorted(names)}" for names in alike.values() if len(names) > 1]


def test_every_file_can_be_unpacked() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert faults(listed.stdout.strip("\0").split("\0")) == []


@pytest.mark.parametrize(
    "files",
    [
        ["src/aux.py"],
        ["tests/Con"],
        ["docs/week1: intro.md"],
        ["docs/what?.md"],
        ["a./b"],
        ["docs/Page.md", "docs/page.md"],
        ["docs/zoe\u0308.md", "docs/zo\u00eb.md"],
        ["x" * 200],
    ],
)
def test_what_would_be_seen(files: list[str]) -> None:
    assert len(faults(files)) == 1


def test_what_is_no_fault() -> None:
    assert faults(["src/console.py", "src/com.py", "src/auxiliary/x.py", "a.b/.gitignore"]) == []
