"""launcher/envcheck.cmd in folders of any name, read as Windows' cmd reads it: Wine's looks at what it
has put in for a `%` once more (tests/stories/test_windows_cmd.py has what Wine's can show).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.windows_batch import started

LAUNCHER = Path(__file__).parents[3] / "launcher" / "envcheck.cmd"
NAMES = (
    "ml",
    "50% (off)",
    "100%",
    "%USERNAME%",
    "a%PATH%b",
    "%~dp0",
    "%ENVCHECK_PYTHON:~6,1%",
    "%%",
    "R&D ^ 100%!",
    "Zoë",
)
PATH = {"PATH": r"C:\Windows;D:\tools", "USERNAME": "zoe"}
WORDS = ("chapter2", '"a b"', "--python", '"C:\\100% x"')
AFTER = ["-m", "envcheck", "chapter2", "a b", "--python", r"C:\100% x"]


def typed(name: str, *files: str, text: str = "") -> tuple[list[str], dict[str, str]]:
    path = rf"C:\{name}\Python313\Scripts\envcheck.cmd"
    there = [file.replace("HERE", rf"C:\{name}\Python313") for file in files]
    return started(path, text or LAUNCHER.read_text(encoding="ascii"), WORDS, there, PATH)


@pytest.mark.parametrize("name", NAMES)
def test_it_finds_its_python_in_a_folder_of_any_name(name: str) -> None:
    """Of an environment, and conda's or python.org's in the folder above."""
    isolated = ["-I", "-X", "utf8", *AFTER]
    words, variables = typed(name, r"HERE\Scripts\python.exe")
    assert words == [rf"C:\{name}\Python313\Scripts\python.exe", *isolated]
    assert variables["ENVCHECK_COMMAND"] == rf"C:\{name}\Python313\Scripts\envcheck.cmd"
    assert variables["ENVCHECK_PYTHON"] == ""
    words, _ = typed(name, r"HERE\python.exe")
    assert words == [rf"C:\{name}\Python313\Scripts\..\python.exe", *isolated]


@pytest.mark.parametrize("name", NAMES)
def test_without_one_beside_it_asks_the_launcher_for_its_version(name: str) -> None:
    shared = ["-E", "-X", "utf8", *AFTER]
    assert typed(name, r"D:\tools\py.exe")[0] == ["py", "-3.13", *shared]
    assert typed(name)[0] == ["python", *shared]


def test_a_call_would_lose_such_a_folder() -> None:
    """What this reader is for: the mechanism taken out is seen."""
    called = LAUNCHER.read_text(encoding="ascii").replace(
        '& "%ENVCHECK_PYTHON%"', '& call "%ENVCHECK_PYTHON%"'
    )
    for name, same in (("ml", True), ("100%", False), ("%USERNAME%", False)):
        words, _ = typed(name, r"HERE\Scripts\python.exe", text=called)
        assert (words[0] == rf"C:\{name}\Python313\Scripts\python.exe") is same
