"""What learners must do in their own shell, since no program can do it for them, and the files in
which it stays done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from envcheck.environment import Environment
from envcheck.model import SetEnv, Step, UnsetEnv, UsePython
from envcheck.target import shells

FILES = (
    ".bashrc", ".bash_profile", ".profile", ".zshrc", ".zprofile", ".zshenv", ".config/fish/config.fish", ".pam_environment",
    "Documents/PowerShell/Microsoft.PowerShell_profile.ps1", "Documents/PowerShell/profile.ps1",
    "Documents/WindowsPowerShell/Microsoft.PowerShell_profile.ps1",
)  # fmt: skip
# Where a line is kept for new terminals, by the shell; cmd has no such file.
KEPT_IN = {
    "bash": "~/.bashrc",
    "zsh": "~/.zshrc",
    "fish": "~/.config/fish/config.fish",
    "powershell": "the file that $PROFILE names",
}


def environment_lines(env: Environment, steps: Sequence[Step]) -> list[str]:
    """One line a change, four spaces in as what can be pasted; then where it is set, or where it
    is kept for new terminals.
    """
    lines: list[str] = []
    for step in steps:
        if isinstance(step, UnsetEnv | SetEnv):
            lines.append(f"    {shells.script((step,), shells.learners(env.variables))}")
            lines += [f"  And for new terminals: {text}" for text in _for_good(env, step)]
        elif isinstance(step, UsePython):
            line = shells.script((step,), shells.learners(env.variables))
            typed = shells.command((step.python,), shells.learners(env.variables))
            lines += [f"    {line}"] if line else ["  Instead of `python` type:", f"    {typed}"]
    return lines


def _for_good(env: Environment, step: UnsetEnv | SetEnv) -> list[str]:
    places = set_in(env, step.name)
    if places:
        return [f"change {place}, where {step.name} is set" for place in places]
    kept = KEPT_IN.get(_name(env.variables), "")
    return [f"add that line to {kept}"] if kept and isinstance(step, SetEnv) else []


def _name(variables: Mapping[str, str]) -> str:
    shell = shells.learners(variables)
    return Path(variables.get("SHELL", "")).name if shell == "posix" else shell


def set_in(env: Environment, name: str) -> list[str]:
    """The start-up files of the learner's shells that set a variable, as `~/.bashrc, line 12`."""
    home = Path(env.variables.get("HOME") or env.variables.get("USERPROFILE") or ".")
    found = []
    for file in FILES:
        try:
            lines = (home / file).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        found += [
            f"~/{file}, line {number}" for number, line in enumerate(lines, 1) if _sets(line, name)
        ]
    return found


def _sets(line: str, name: str) -> bool:
    plain = line.strip()
    return not plain.startswith("#") and (
        f"{name}=" in plain or f" {name} " in f"{plain} " or f":{name} " in plain
    )
