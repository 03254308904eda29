"""What a name stands for in the learner's own shell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from envcheck.target.aliases import aliases

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: shells by SHELL")


def stands_for(home: Path, shell: str, **files: str) -> str:
    """What `python` stands for; empty for itself. `files` by their names, without the dot."""
    for name, text in files.items():
        (home / f".{name}").write_text(text)
    kept = aliases({"HOME": str(home), "SHELL": shell})
    return kept["python"].words if "python" in kept else ""


@pytest.mark.parametrize(
    "line",
    [
        "alias python=/opt/p/bin/python3",
        "alias python='/opt/p/bin/python3' # mine",
        '  alias -- python="/opt/p/bin/python3"',
        "alias -g python=/opt/p/bin/python3; echo",
    ],
)
@pytest.mark.parametrize(("shell", "name"), [("/bin/bash", "bashrc"), ("/usr/bin/zsh", "zshrc")])
def test_an_alias(tmp_path: Path, line: str, shell: str, name: str) -> None:
    assert stands_for(tmp_path, shell, **{name: f"# mine\n{line}\n"}) == "/opt/p/bin/python3"


@pytest.mark.parametrize(
    "line",
    [
        "# alias python=/p/python3",
        "alias py=/p/python3",
        "echo alias python=/p/python3",
        "alias",
        "",
    ],
)
def test_none(tmp_path: Path, line: str) -> None:
    assert stands_for(tmp_path, "/bin/bash", bashrc=line) == ""


def test_the_last_is_in_force(tmp_path: Path) -> None:
    assert (
        stands_for(tmp_path, "/bin/bash", bashrc="alias python=/a/python\nalias python=/b/python\n")
        == "/b/python"
    )
    assert (
        stands_for(tmp_path, "/bin/bash", bashrc="alias python=/a/python\nunalias python\n") == ""
    )


def test_another_shells_file(tmp_path: Path) -> None:
    """Nobody reads it in this shell; what a file reads in turn may have any name."""
    assert stands_for(tmp_path, "/bin/bash", zshrc="alias python=/a/python\n") == ""
    assert stands_for(tmp_path, "", bashrc="alias python=/a/python\n") == ""
    (tmp_path / "names").write_text("alias python=/c/python\n")
    assert stands_for(tmp_path, "/bin/zsh", zshrc="source ~/names\n") == "/c/python"


def test_the_line_is_told(tmp_path: Path) -> None:
    (tmp_path / ".zshrc").write_text("\nalias pip=/a/pip\n")
    kept = aliases({"HOME": str(tmp_path), "SHELL": "/bin/zsh"})
    assert kept["pip"].place == "~/.zshrc, line 2"


def test_fish(tmp_path: Path) -> None:
    """It has a space in place of the sign as well."""
    folder = tmp_path / ".config" / "fish"
    folder.mkdir(parents=True)
    (folder / "config.fish").write_text("alias python '/a/python'\nalias pip=/a/pip\n")
    kept = aliases({"HOME": str(tmp_path), "SHELL": "/usr/bin/fish"})
    assert (kept["python"].words, kept["pip"].words) == ("/a/python", "/a/pip")
