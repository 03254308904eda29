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
    words = [_quoted(word, shell) for word in argv]
    quoted_program = shell == "powershell" and words[0][:1] in ("'", '"')
    return ("& " if quoted_program else "") + " ".join(words)


def _set(step: SetEnv, shell: str) -> str:
    return {
        "posix": f"export {step.name}={_posix(step.value)}",
        "powershell": f"$Env:{step.name} = {_powershell(step.value, bare=False)}",
        "cmd": f'set "{step.name}={_home(step.value, "%USERPROFILE%")}"',
    }[shell]


def _quoted(word: str, shell: str) -> str:
    return {"posix": _posix, "powershell": _powershell, "cmd": _cmd}[shell](word)


def _posix(word: str) -> str:
    if word in ("~", "~/"):
        return word
    return f"~/{shlex.quote(word[2:])}" if word.startswith("~/") else shlex.quote(word)


def _powershell(word: str, *, bare: bool = True) -> str:
    """Single quotes take everything as it is; a home folder needs double ones, since `~` means nothing to a program."""
    if _home(word, "") != word:
        rest = "".join(f"`{character}" if character in '`"$' else character for character in word[1:])
        return f'"$HOME{rest}"'
    if bare and word and not any(character in word for character in " '\"$`;&|<>(){}[]@,#"):
        return word
    return "'" + word.replace("'", "''") + "'"


def _cmd(word: str) -> str:
    quoted = subprocess.list2cmdline([_home(word, "%USERPROFILE%")])
    # `>=1.26` outside quotes would send the output into a file of that name.
    return f'"{quoted}"' if not quoted.startswith('"') and set("&|<>^()") & set(quoted) else quoted


def _home(word: str, instead: str) -> str:
    return instead + word[1:] if word == "~" or word.startswith(("~/", "~\\")) else word
