"""Steps as lines for a person's shell: POSIX shells, fish, PowerShell and cmd."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from envcheck.model import Rename, Run, SetEnv, Step, UnsetEnv, UsePython
from envcheck.printable import UNSEEN
from envcheck.target import posix_words
from envcheck.target.conda import CONDAS
from envcheck.target.posix_words import HOME_WITHIN, bytes_of
from envcheck.target.powershell_modules import own_modules
from envcheck.target.unset_lines import unset_line

SHELLS = ("posix", "fish", "powershell", "cmd")
WINDOWS = ("powershell", "cmd")
# What each shell hands on as it is. PowerShell also takes curly quotes for quotes, splits `-a.b`,
# and expands `~`.
FISH_BARE = re.compile(r"[A-Za-z0-9_./:=+,@-]+")
POWERSHELL_BARE = re.compile(
    r"[A-Za-z0-9_./\\:=+][A-Za-z0-9_./\\:=+-]*|-{1,2}[A-Za-z][A-Za-z0-9_=-]*"
)
CMD_BARE = re.compile(r"[\w./\\:+~@\[\]{}'$#`-]+")
# The home, as it stands in a scrubbed word: at the start, or behind `--prefix=` and between the
# folders of a list. No shell takes it for one there, and cmd nowhere.
HOME = re.compile(r"(?:^|(?<=[=;,]))~(?=$|[/\\;,])")
PLACE = "\0"  # of a home, until a word is quoted: no word has such a character
BACKSLASH = "\\"
QUOTES = "'\u2018\u2019\u201a\u201b"
DOUBLE_QUOTES = '`"$\u201c\u201d\u201e'


def learners(variables: Mapping[str, str], platform: str = sys.platform) -> str:
    """The shell that these variables come from."""
    if platform != "win32" or variables.get("MSYSTEM"):  # the last one: Git Bash
        return "fish" if Path(variables.get("SHELL", "")).name == "fish" else "posix"
    return "powershell" if own_modules(variables) else "cmd"


def script(steps: Sequence[Step], shell: str) -> str:
    """The steps as lines to paste into `shell`; empty when no line can say them."""
    return "\n".join(line for step in steps if (line := _line(step, shell)))


def _line(step: Step, shell: str) -> str:
    match step:
        case Run():
            return command(step.argv, shell)
        case UnsetEnv():
            return unset_line(step.name, shell)
        case SetEnv():
            return _set(step, shell)
        case Rename():
            return _rename(step, shell)
        case UsePython():
            return _activate(step, shell)
        case _:
            return ""


def command(argv: Sequence[str], shell: str) -> str:
    """One command with this shell's quoting. A leading `~/` is the home, in this shell's words."""
    if shell == "posix" and any(word.endswith("\n") for word in argv):
        return posix_words.evaluated(" ".join(posix_words.seen(word) for word in argv))
    words = [_quoted(word, shell) for word in argv]
    called = shell == "powershell" and not re.match(r"[A-Za-z./\\]", words[0])
    return ("& " if called else "") + " ".join(words)


def _set(step: SetEnv, shell: str) -> str:
    if shell == "posix":
        if step.value.endswith("\n"):
            return posix_words.evaluated(f"export {step.name}={posix_words.seen(step.value)}")
        return f"export {step.name}={posix_words.quoted(step.value)}"
    if shell == "fish":
        return f"set -gx {step.name} {_fish(step.value)}"
    if shell == "powershell":
        return f"$Env:{step.name} = {_powershell(step.value, bare=False)}"
    value = HOME.sub(PLACE, step.value)
    if set('%"') & set(value):  # outside of quotes a caret keeps every sign as it is
        value = re.sub(r'[()%!^"<>&|]', r"^\g<0>", value)
        return f"set {step.name}=" + value.replace(PLACE, "%USERPROFILE%")
    return f'set "{step.name}={value.replace(PLACE, "%USERPROFILE%")}"'


def _rename(step: Rename, shell: str) -> str:
    if shell == "powershell":  # Move-Item by itself takes [a] for a pattern
        return (
            f"Move-Item -LiteralPath {_powershell(step.source)} -Destination {_powershell(step.to)}"
        )
    return command(("move" if shell == "cmd" else "mv", step.source, step.to), shell)


def _activate(step: UsePython, shell: str) -> str:
    """The line that makes an environment the one of this terminal; empty for a Python that
    is none.
    """
    path = (PureWindowsPath if "\\" in step.python else PurePosixPath)(step.python)
    if step.kind in CONDAS:
        prefix = path.parent.parent if path.parent.name == "bin" else path.parent
        if step.kind == "micromamba" and step.conda:
            return _activate_micromamba(str(prefix), step.conda, shell)
        if step.stacked:
            return _stack_conda(step.kind, str(prefix), shell)
        return _activate_conda(step.kind, str(prefix), step.conda, shell)
    if step.kind != "venv":
        return ""
    names = {
        "posix": "activate",
        "fish": "activate.fish",
        "powershell": "Activate.ps1",
        "cmd": "activate.bat",
    }
    if shell in WINDOWS:
        return command((str(path.parent / names[shell]),), shell)
    return command((("source" if shell == "fish" else "."), str(path.parent / names[shell])), shell)


def _activate_micromamba(prefix: str, program: str, shell: str) -> str:
    """It prints its hook itself; in cmd it can only start another cmd in there."""
    if shell == "cmd":
        return command((program, "run", "--prefix", prefix, "cmd"), shell)
    hook = command((program, "shell", "hook", "--shell", shell), shell)
    line = command(("micromamba", "activate", prefix), shell)
    if shell == "fish":
        return f"{hook} | source; and {line}"
    if shell == "powershell":
        return f"{hook} | Out-String | Invoke-Expression; {line}"
    return f'eval "$({hook})" && {line}'


def _stack_conda(program: str, prefix: str, shell: str) -> str:
    """What is active keeps its place on PATH and hands it on: left first, and the next one stacked."""
    lines = [(program, "deactivate"), (program, "activate", "--stack", prefix)]
    return ("\n" if shell == "cmd" else "; ").join(command(line, shell) for line in lines)


def _activate_conda(program: str, prefix: str, base: str, shell: str) -> str:
    """`conda activate` where the terminal knows it; else conda's own file does it by its path."""
    line = command((program, "activate", prefix), shell)
    if not base:
        return line
    if shell == "fish":
        return command(("source", f"{base}/etc/fish/conf.d/conda.fish"), shell) + f"; and {line}"
    slash = "\\" if "\\" in base else "/"
    if shell == "powershell":
        hook = command((slash.join((base, "shell", "condabin", "conda-hook.ps1")),), shell)
        return f"{hook if hook.startswith('& ') else '& ' + hook}; {line}"
    if shell == "cmd":
        return command((slash.join((base, "condabin", "activate.bat")), prefix), shell)
    return command((".", f"{base}/bin/activate", prefix), shell)


def _quoted(word: str, shell: str) -> str:
    return {"posix": posix_words.quoted, "fish": _fish, "powershell": _powershell, "cmd": _cmd}[
        shell
    ](word)


def _coded(word: str) -> str:
    """Each character that is not seen as a code that the shell puts back; backslashes doubled."""
    return UNSEEN.sub(
        lambda hit: "".join(f"\\x{byte:02x}" for byte in bytes_of(hit[0])),
        word.replace(BACKSLASH, BACKSLASH * 2),
    )


def _fish(word: str) -> str:
    if HOME_WITHIN.search(word):
        return "$HOME".join(part and _fish(part) for part in HOME_WITHIN.split(word))
    if UNSEEN.search(word):
        return "".join(
            _coded(part) if UNSEEN.fullmatch(part) else _fish(part)
            for part in re.split(f"({UNSEEN.pattern})", word)
            if part
        )
    if word == "~" or word.startswith("~/"):
        return word[:2] + (_fish(word[2:]) if word[2:] else "")
    if FISH_BARE.fullmatch(word):
        return word
    return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _powershell(word: str, *, bare: bool = True) -> str:
    """Single quotes take everything as it is; a home folder needs double ones, since `~` means
    nothing to a program.
    """
    if HOME.search(word):
        escaped = re.sub(f"[{DOUBLE_QUOTES}]", r"`\g<0>", HOME.sub(PLACE, word))
        return f'"{escaped.replace(PLACE, "$HOME")}"'
    if bare and POWERSHELL_BARE.fullmatch(word):
        return word
    return (
        "'"
        + "".join(character * 2 if character in QUOTES else character for character in word)
        + "'"
    )


def _cmd(word: str) -> str:
    """Quotes as a program's own parser takes them off; `%` stands outside of them, behind a caret,
    so that it names no variable.
    """
    placed = HOME.sub(PLACE, word)
    if placed == word and CMD_BARE.fullmatch(word):
        return word
    parts = []
    for part in re.split(r'([%"])', placed):
        special = {"%": "^%", '"': '\\^"'}.get(part)
        parts.append(
            special if special else '"' + re.sub(r"\\+$", r"\g<0>\g<0>", part) + '"' if part else ""
        )
    return ("".join(parts) or '""').replace(PLACE, "%USERPROFILE%")
