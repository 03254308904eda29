"""The files in which a learner's shell is told what every new terminal has: where a variable is set,
and where a line is kept.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from envcheck import foreign_file, places
from envcheck.environment import Environment
from envcheck.foreign_file import matching
from envcheck.target import registry, shells
from envcheck.target.home import home_of
from envcheck.target.powershell_modules import own_modules
from envcheck.target.unset_lines import exported_function

# PowerShell 7's and Windows' own; the documents may lie elsewhere, in OneDrive or on another disk.
POWERSHELLS = ("PowerShell", "WindowsPowerShell")
PROFILES = ("Microsoft.PowerShell_profile.ps1", "profile.ps1")
# Below the home, of all shells: a line of another shell's is read by nobody, and harms nobody here.
OWN = (
    ".bashrc", ".bash_profile", ".bash_login", ".bash_aliases", ".profile", ".kshrc", ".zshrc",
    ".zprofile", ".zshenv", ".zlogin", ".config/fish/config.fish", ".config/fish/conf.d/*.fish",
    ".config/environment.d/*.conf", ".pam_environment", ".xprofile", ".xsessionrc",
    "Library/LaunchAgents/*.plist",
    *(f"Documents/{place}/{name}" for place in POWERSHELLS for name in PROFILES),
)  # fmt: skip
# Of the whole machine: an administrator's.
ETC = Path("/etc")
MACHINES = (
    "environment", "profile", "profile.d/*.sh", "bash.bashrc", "bashrc", "zshenv", "zsh/zshenv",
    "zsh/zprofile", "zsh/zshrc", "zprofile", "zshrc", "fish/config.fish", "fish/conf.d/*.fish",
)  # fmt: skip
ZSH = (".zshenv", ".zprofile", ".zshrc", ".zlogin")  # in ZDOTDIR, where that is set
# What bash, started as macOS starts it, reads: the first of these, and no other.
LOGIN_BASH = (".bash_profile", ".bash_login", ".profile")
SOURCED = re.compile(r"""(?:^|[;&|]|\bthen)\s*(?:source|\.)\s+["']?((?:~|\$HOME|\$\{HOME\}|/)[^\s"';)]*)""")  # fmt: skip
MOST_BYTES = 200_000  # of a file; one that is longer was written by no person


def set_in(env: Environment, name: str) -> list[str]:
    """What sets a variable in every new terminal: the start-up files and those that these read, as
    `~/.bashrc, line 12`, and Windows' own list.
    """
    setting = [place for _, place, line in lines(env.variables) if _sets(line, name)]
    return [*registry.set_in(name), *setting]


def lines(variables: Mapping[str, str]) -> Iterator[tuple[Path, str, str]]:
    """Every line of every start-up file: the file, `~/.bashrc, line 12`, and the line itself."""
    home = home_of(variables)
    yield from _lines(home, _files(home, _elsewhere(variables)))


def fish_functions(variables: Mapping[str, str]) -> Iterator[tuple[Path, str, str]]:
    """The same of the functions that fish loads when they are called, each from the file of its name: what is set
    in them is set in no new terminal.
    """
    home = home_of(variables)
    files = matching(home, ".config/fish/functions/*.fish")
    yield from _lines(home, {file: _text(file) for file in files})


def _lines(home: Path, texts: Mapping[Path, str]) -> Iterator[tuple[Path, str, str]]:
    for file, text in texts.items():
        inside = places.within(file, home)
        shown = f"~/{inside.as_posix()}" if inside else str(file)
        for number, line in enumerate(text.splitlines(), 1):
            yield file, f"{shown}, line {number}", line


def kept_in(variables: Mapping[str, str], platform: str = sys.platform) -> str:
    """The file in which this learner's shell keeps a line for new terminals. Empty on Windows,
    where a variable is kept without one.
    """
    shell = shells.learners(variables, platform)
    if shell in shells.WINDOWS:
        return ""
    if shell == "fish":
        return "~/.config/fish/config.fish"
    bash = _of_login_bash(home_of(variables)) if platform == "darwin" else "~/.bashrc"
    zsh = variables.get("ZDOTDIR") or "~"
    named = {"bash": bash, "zsh": f"{zsh.rstrip('/')}/.zshrc"}
    return named.get(Path(variables.get("SHELL", "")).name, "~/.profile")


def _of_login_bash(home: Path) -> str:
    """A terminal of macOS is a login shell: bash reads no .bashrc there, and a new .bash_profile
    would hide what is in ~/.profile.
    """
    there = (name for name in LOGIN_BASH if os.path.isfile(home / name))
    return f"~/{next(there, LOGIN_BASH[0])}"


def _elsewhere(variables: Mapping[str, str]) -> list[Path]:
    """Those that do not lie in the home: zsh's where a folder is named for them, and PowerShell's
    beside the modules of the person, wherever the documents are.
    """
    zsh = variables.get("ZDOTDIR", "")
    documents = [Path(place).parents[1] for place in own_modules(variables)]
    profiles = [
        documents_folder / place / name
        for documents_folder in documents
        for place in POWERSHELLS
        for name in PROFILES
    ]
    return [Path(zsh, name) for name in ZSH if zsh] + [
        file for file in dict.fromkeys(profiles) if os.path.isfile(file)
    ]


def _files(home: Path, elsewhere: list[Path]) -> dict[Path, str]:
    """The text of each, and of each that one of them reads."""
    texts = {}
    for file in (*_start(home), *elsewhere):
        text = _text(file)
        texts[file] = text
        for hit in SOURCED.finditer(text):
            read = Path(re.sub(r"^(~|\$HOME|\$\{HOME\})(?=/)", lambda _: str(home), hit[1]))
            texts.setdefault(read, _text(read))
    return texts


def _start(home: Path) -> Iterator[Path]:
    for name in OWN:
        yield from matching(home, name)
    if sys.platform != "win32":
        for name in MACHINES:
            yield from matching(ETC, name)


def _text(file: Path) -> str:
    text = foreign_file.text_or_nothing(file, MOST_BYTES)
    # Of macOS's own programs only those that call `launchctl setenv` reach the terminals.
    return "" if file.suffix == ".plist" and "setenv" not in text else text


def _sets(line: str, name: str) -> bool:
    plain = line.strip()
    if function := exported_function(name):
        exports = rf"(?:export|declare|typeset)\s+-\w*f\w*\s(?:.*\s)?{re.escape(function)}(?:\s|$)"
        return re.match(exports, plain) is not None
    return not plain.startswith(("#", "unset ")) and (
        re.search(rf"(?<![\w$]){re.escape(name)}=", plain) is not None
        or f" {name} " in f"{plain} "
        or f":{name} " in plain
        or f">{name}<" in plain
    )
