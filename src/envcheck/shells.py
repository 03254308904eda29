"""Steps as lines for a person's shell: POSIX shells, PowerShell and cmd."""

from __future__ import annotations

import shlex
import subprocess  # noqa: TID251  # only for list2cmdline: nothing is started here
from collections.abc import Sequence

from envcheck.model import Rename, Run, SetEnv, Step, UnsetEnv, UsePython, Write

SHELLS = ("posix", "powershell", "cmd")


def script(steps: Sequence[Step], shell: str) -> str:
    """The steps as lines to paste into `shell`; empty when no line can say them."""
    return "\n".join(line for step in steps if (line := _line(step, shell)))


def _line(step: Step, shell: str) -> str:
    if isinstance(step, Run):
        return command(step.argv, shell)
    if isinstance(step, UnsetEnv):
        return {"posix": f"unset {step.name}", "powershell": f"Remove-Item Env:{step.name}", "cmd": f"set {step.name}="}[shell]
    if isinstance(step, SetEnv):
        return _set(step, shell)
    if isinstance(step, Rename):
        return command(({"posix": "mv", "powershell": "Move-Item", "cmd": "move"}[shell], step.source, step.to), shell)
    if isinstance(step, UsePython | Write):
        return ""
    return ""


def command(argv: Sequence[str], shell: str) -> str:
    """One command with this shell's quoting. A leading `~/` stays outside the quotes, so that the shell expands it."""
    if shell == "cmd":
        return subprocess.list2cmdline([word.replace("~", "%USERPROFILE%", 1) if word.startswith("~") else word for word in argv])
    words = [_quoted(word, shell) for word in argv]
    quoted_program = shell == "powershell" and words[0].startswith("'")
    return ("& " if quoted_program else "") + " ".join(words)


def _set(step: SetEnv, shell: str) -> str:
    value = _quoted(step.value, shell)
    return {
        "posix": f"export {step.name}={value}",
        "powershell": f"$Env:{step.name} = {value if value.startswith(chr(39)) else repr(value)}",
        "cmd": f"set {step.name}={step.value}",
    }[shell]


def _quoted(word: str, shell: str) -> str:
    if shell == "posix":
        if word.startswith("~/"):
            rest = shlex.quote(word[2:])
            return f"~/{rest}" if word[2:] else "~/"
        return shlex.quote(word)
    plain = word and not any(character in word for character in " '\"$`;&|<>(){}[]@,#")
    return word if plain else "'" + word.replace("'", "''") + "'"
