"""Steps as lines that a person can paste."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envcheck.model import Rename, Run, SetEnv, Tell, UnsetEnv, UsePython, Write
from envcheck.shells import SHELLS, command, script

WORDS = st.lists(
    st.text(st.characters(blacklist_characters="\0\r", blacklist_categories=["Cs"]), max_size=20), min_size=1, max_size=5
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs sh")
PRINT = "import sys, os; os.write(1, '\\0'.join(sys.argv[1:]).encode())"


@posix
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WORDS)
def test_every_word_survives_sh(words: list[str]) -> None:
    """Whatever is in a word, the shell hands on exactly that; only a leading `~/` is a home."""
    line = command((sys.executable, "-c", PRINT, *words), "posix")
    got = subprocess.run(["sh", "-c", line], env={"HOME": "/h o'me", "LC_ALL": "C.UTF-8"}, capture_output=True, check=True).stdout
    wanted = [f"/h o'me{word[1:]}" if word == "~" or word.startswith("~/") else word for word in words]
    assert got.decode() == "\0".join(wanted)


@posix
@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(blacklist_characters="\0\r", blacklist_categories=["Cs"]), max_size=20))
def test_every_value_survives_sh(value: str) -> None:
    """A variable is set to exactly the value, and can be unset."""
    lines = script((SetEnv("X", value), Run((sys.executable, "-c", "import os; os.write(1, os.environ['X'].encode())"))), "posix")
    got = subprocess.run(["sh", "-c", lines], env={"HOME": "/home", "LC_ALL": "C.UTF-8"}, capture_output=True, check=True).stdout
    assert got.decode() == (f"/home{value[1:]}" if value == "~" or value.startswith("~/") else value)
    gone = script((SetEnv("X", value), UnsetEnv("X")), "posix") + "\necho ${X-gone}"
    assert subprocess.run(["sh", "-c", gone], capture_output=True, check=True).stdout == b"gone\n"


@pytest.mark.parametrize(
    ("words", "powershell", "cmd"),
    [
        (("python", "-m", "pip"), "python -m pip", "python -m pip"),
        (("pip", "install", "numpy>=1.26"), "pip install 'numpy>=1.26'", 'pip install "numpy>=1.26"'),
        ((r"C:\Program Files\python.exe", "x"), r"& 'C:\Program Files\python.exe' x", r'"C:\Program Files\python.exe" x'),
        (("a'b",), "& 'a''b'", "a'b"),
        (("x", "a & b", "c|d"), "x 'a & b' 'c|d'", 'x "a & b" "c|d"'),
        (("~/ml/bin/python", "-V"), '& "$HOME/ml/bin/python" -V', "%USERPROFILE%/ml/bin/python -V"),
        (("x", "~user/file", "a~/b"), "x ~user/file a~/b", "x ~user/file a~/b"),
        (("x", "~/$HOME `x`"), 'x "$HOME/`$HOME ``x``"', 'x "%USERPROFILE%/$HOME `x`"'),
        (("x", ""), "x ''", 'x ""'),
    ],
)
def test_windows_shells(words: tuple[str, ...], powershell: str, cmd: str) -> None:
    """PowerShell and cmd get their own quoting; a home is their own variable; `>=` is never a redirection."""
    assert command(words, "powershell") == powershell
    assert command(words, "cmd") == cmd


def test_environment_steps() -> None:
    """Setting, unsetting and renaming are said in each shell's words."""
    steps = (SetEnv("A", r"C:\x y"), UnsetEnv("B"), Rename("old", "new"))
    assert script(steps, "posix") == "export A='C:\\x y'\nunset B\nmv old new"
    assert script(steps, "powershell") == "$Env:A = 'C:\\x y'\nRemove-Item Env:B\nMove-Item old new"
    assert script(steps, "cmd") == 'set "A=C:\\x y"\nset B=\nmove old new'
    assert script((SetEnv("A", "1"),), "powershell") == "$Env:A = '1'"


@pytest.mark.parametrize("shell", SHELLS)
def test_steps_without_a_line(shell: str) -> None:
    """What no shell line can say is left out, not invented."""
    assert script((Tell("do it"), UsePython("/p"), Write("/f", "text")), shell) == ""
