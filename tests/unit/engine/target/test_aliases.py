"""What a name stands for in the learner's own shell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from envcheck.target.aliases import aliases, line_without

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


@pytest.mark.parametrize(
    ("shell", "name", "text"),
    [
        ("/bin/bash", "bashrc", 'python() { /opt/p/python3 "$@"; }\n'),
        ("/bin/bash", "bashrc", 'function python {\n  # mine\n  command /opt/p/python3 "$@"\n}\n'),
        ("/bin/bash", "bashrc", 'python ()\n{\n    exec /opt/p/python3 "$@"  # the other\n}\n'),
        ("/bin/zsh", "zshrc", "function python() { /opt/p/python3 $@ }\n"),
        (
            "/usr/bin/fish",
            "config/fish/config.fish",
            "function python; /opt/p/python3 $argv; end\n",
        ),
        (
            "/usr/bin/fish",
            "config/fish/functions/python.fish",
            "function python --wraps=/opt/p/python3 --description 'alias'\n  /opt/p/python3 $argv\nend\n",
        ),
    ],
)
def test_a_function_that_only_starts_a_program(
    tmp_path: Path, shell: str, name: str, text: str
) -> None:
    """In one line or several; fish keeps one in a file of its own, as `alias --save` writes it."""
    file = tmp_path / f".{name}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    kept = aliases({"HOME": str(tmp_path), "SHELL": shell})
    assert kept["python"].words.split()[0] == "/opt/p/python3"
    assert kept["python"].is_function


@pytest.mark.parametrize(
    "text",
    [
        'python() {\n  echo hello\n  /opt/p/python3 "$@"\n}\n',
        'python() { test -x here && here "$@"; /opt/p/python3 "$@"; }\n',
        'python() { /opt/p/python3 "$@"; }\nunset -f python\n',
        "alias python=/opt/p/python3\npython() {\n}\n",
        'python() { /opt/p/python3 "$@"\n',
        "python (a list) of names\n",
    ],
)
def test_a_function_that_nobody_can_tell_of(tmp_path: Path, text: str) -> None:
    """It does more, it was taken away again, it has no end, it is none."""
    assert stands_for(tmp_path, "/bin/bash", bashrc=text) == ""


def test_the_line_that_takes_each_away(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("alias pip=/a/pip\npython() { /a/python $@; }\n")
    bash = {"HOME": str(tmp_path), "SHELL": "/bin/bash"}
    kept = aliases(bash)
    assert line_without(bash, kept["pip"]) == "unalias pip"
    assert line_without(bash, kept["python"]) == "unset -f python"
    fish = {**bash, "SHELL": "/usr/bin/fish"}
    assert line_without(fish, kept["python"]) == "functions --erase python"


def test_fish(tmp_path: Path) -> None:
    """It has a space in place of the sign as well."""
    folder = tmp_path / ".config" / "fish"
    folder.mkdir(parents=True)
    (folder / "config.fish").write_text("alias python '/a/python'\nalias pip=/a/pip\n")
    kept = aliases({"HOME": str(tmp_path), "SHELL": "/usr/bin/fish"})
    assert (kept["python"].words, kept["pip"].words) == ("/a/python", "/a/pip")


def test_fish_loads_the_file_of_the_name_that_is_typed(tmp_path: Path) -> None:
    """A function in another one's file does not count, and a start-up file's goes before."""
    folder = tmp_path / ".config" / "fish"
    (folder / "functions").mkdir(parents=True)
    (folder / "functions" / "ml.fish").write_text("function python\n  /ml/python\nend\n")
    shell = {"HOME": str(tmp_path), "SHELL": "/usr/bin/fish"}
    assert aliases(shell) == {}
    (folder / "functions" / "python.fish").write_text("function python\n  /own/python\nend\n")
    assert aliases(shell)["python"].words == "/own/python"
    (folder / "config.fish").write_text("function python\n  /first/python\nend\n")
    assert aliases(shell)["python"].words == "/first/python"
