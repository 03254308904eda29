"""Where a variable is set for every new terminal, and where a line is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck.target import startup_files
from envcheck.testing import described

SETS = {
    ".bashrc": "# mine\nexport PYTHONHOME=/x\n",
    ".bash_login": "\nPYTHONHOME=/x; export PYTHONHOME\n",
    ".config/fish/conf.d/old.fish": "\nset -gx PYTHONHOME /x\n",
    ".config/environment.d/course.conf": "\nPYTHONHOME=/x\n",
    ".zshenv": "\n  export PYTHONHOME='/x'\n",
    ".xprofile": "\nexport A=1 PYTHONHOME=/x\n",
}
SETS_NOT = (
    "# export PYTHONHOME=/x\n",
    "export MY_PYTHONHOME=/x\n",
    "unset PYTHONHOME\n",
)


def found(home: Path) -> list[str]:
    variables = {"HOME": str(home), "USERPROFILE": str(home)}
    return startup_files.set_in(described(folder=home, variables=variables), "PYTHONHOME")


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", SETS)
def test_each_file_that_sets_it(name: str, tmp_path: Path) -> None:
    """With the line; of whichever shell or desktop it is."""
    write(tmp_path / name, SETS[name])
    assert found(tmp_path) == [f"~/{name}, line 2"]


@pytest.mark.parametrize(
    "line", ["source ~/.variables", '. "$HOME/.variables"', "[ -f ~/.variables ] && . ~/.variables"]
)
def test_a_file_that_a_start_up_file_reads(line: str, tmp_path: Path) -> None:
    """People keep their variables in a file of their own."""
    write(tmp_path / ".bashrc", f"{line}\n")
    write(tmp_path / ".variables", "export PYTHONHOME=/x\n")
    assert found(tmp_path) == ["~/.variables, line 1"]


@pytest.mark.parametrize("line", ["set -gx PYTHONHOME /x", "set -gx PYTHONHOME=/x"])
def test_a_function_that_fish_loads_when_it_is_called(line: str, tmp_path: Path) -> None:
    """It sets nothing in a new terminal, unless a start-up file reads it."""
    file = ".config/fish/functions/ml.fish"
    write(tmp_path / file, f"function ml\n  {line}\nend\n")
    assert found(tmp_path) == []
    write(tmp_path / ".config/fish/config.fish", f"source ~/{file}\n")
    assert found(tmp_path) == [f"~/{file}, line 2"]


@pytest.mark.parametrize("line", SETS_NOT)
def test_lines_that_do_not_set_it(line: str, tmp_path: Path) -> None:
    """A comment, another variable, and what takes it away."""
    write(tmp_path / ".bashrc", line)
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("platform", "shell", "file"),
    [
        ("linux", "/bin/bash", "~/.bashrc"),
        ("darwin", "/bin/bash", "~/.bash_profile"),
        ("darwin", "/bin/zsh", "~/.zshrc"),
        ("linux", "/usr/bin/fish", "~/.config/fish/config.fish"),
        ("linux", "/bin/sh", "~/.profile"),
        ("linux", "/bin/ksh", "~/.profile"),
        ("linux", "", "~/.profile"),
        ("win32", "", ""),
    ],
)
def test_where_a_line_is_kept(platform: str, shell: str, file: str, tmp_path: Path) -> None:
    """Every shell has a file, except those of Windows, which keep variables without one."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    assert startup_files.kept_in({"SHELL": shell, **home}, platform) == file


@pytest.mark.parametrize(
    ("there", "file"),
    [
        ((), "~/.bash_profile"),
        ((".profile",), "~/.profile"),
        ((".profile", ".bash_login"), "~/.bash_login"),
        ((".profile", ".bash_profile"), "~/.bash_profile"),
        ((".bashrc",), "~/.bash_profile"),
    ],
)
def test_a_new_file_hides_none_that_bash_reads(
    there: tuple[str, ...], file: str, tmp_path: Path
) -> None:
    """A login bash reads the first of three files (bash(1), INVOCATION), and a Mac's is one."""
    for name in there:
        write(tmp_path / name, "export PATH=/x\n")
    variables = {"SHELL": "/bin/bash", "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    assert startup_files.kept_in(variables, "darwin") == file


def test_zsh_where_its_files_lie_elsewhere(tmp_path: Path) -> None:
    """ZDOTDIR names the folder (zsh(1), STARTUP/SHUTDOWN FILES)."""
    write(tmp_path / "zsh/.zprofile", "\nexport PYTHONHOME=/x\n")
    variables = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "SHELL": "/bin/zsh"}
    moved = {**variables, "ZDOTDIR": str(tmp_path / "zsh")}
    assert startup_files.kept_in(moved, "darwin") == f"{tmp_path}/zsh/.zshrc"
    found = startup_files.set_in(described(folder=tmp_path, variables=moved), "PYTHONHOME")
    assert found == ["~/zsh/.zprofile, line 2"]
    assert startup_files.set_in(described(folder=tmp_path, variables=variables), "PYTHONHOME") == []


@pytest.mark.parametrize("folder", ["OneDrive - Uni/Dokumente", "D/Documents"])
@pytest.mark.parametrize("shell", ["PowerShell", "WindowsPowerShell"])
def test_powershells_where_the_documents_are(tmp_path: Path, folder: str, shell: str) -> None:
    """In OneDrive, in another language, on another disk: PowerShell itself says where."""
    write(tmp_path / folder / shell / "profile.ps1", "$env:PYTHONHOME = 1\n$env:PYTHONHOME=2\n")
    modules = tmp_path / folder / "WindowsPowerShell" / "Modules"
    variables = {
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "PSModulePath": f"{modules};x",
    }
    found = startup_files.set_in(described(folder=tmp_path, variables=variables), "PYTHONHOME")
    assert found[-1] == f"~/{folder}/{shell}/profile.ps1, line 2"
    elsewhere = described(folder=tmp_path, variables={**variables, "PSModulePath": "x"})
    assert startup_files.set_in(elsewhere, "PYTHONHOME") == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<array>\n<string>launchctl</string>\n<string>setenv</string>\n<string>PYTHONHOME</string>", [4]),
        ("<string>sh</string>\n<string>launchctl setenv PYTHONHOME /x</string>", [2]),
        ("<key>EnvironmentVariables</key><dict>\n<key>PYTHONHOME</key>\n<string>/x</string>", []),
        ("<string>launchctl setenv JAVA_HOME /x</string>", []),
    ],
)  # fmt: skip
def test_what_launchd_sets_for_all_programs(text: str, lines: list[int], tmp_path: Path) -> None:
    """An agent that calls `launchctl setenv` (launchctl(1)); the variables of an agent are its own."""
    write(tmp_path / "Library/LaunchAgents/environment.plist", f"{text}\n")
    place = "~/Library/LaunchAgents/environment.plist"
    assert found(tmp_path) == [f"{place}, line {number}" for number in lines]


@pytest.mark.parametrize(
    "name", ["zprofile", "zshrc", "profile", "bashrc", "zsh/zprofile", "profile.d/course.sh"]
)
def test_what_the_administrator_sets(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS has its `path_helper` in /etc/zprofile and /etc/profile, Debian others."""
    monkeypatch.setattr(startup_files, "ETC", tmp_path / "etc")
    write(tmp_path / "etc" / name, 'eval "$(/usr/libexec/path_helper -s)"\nexport PYTHONHOME=/x\n')
    (tmp_path / "home").mkdir()
    assert found(tmp_path / "home") == [f"{tmp_path / 'etc' / name}, line 2"]
