"""Commands as lines for a learner's shell, with the words of src/envcheck/target/shells.py."""

import os
import re
import sys

from bootstrap.constants import WINDOWS

SHELLS = ("posix", "fish", "powershell", "cmd")
POWERSHELL_BARE = re.compile(
    r"(?:[A-Za-z0-9_./\\:=+][A-Za-z0-9_./\\:=+-]*|-{1,2}[A-Za-z][A-Za-z0-9_=-]*)$"
)
CMD_BARE = re.compile(r"[\w./\\:+~@\[\]{}'$#`-]+$")
HOME_WORD = re.compile(r"(?:^|(?<=[=;,]))~(?=$|[/\\;,])")
PLACE = "\0"  # of a home, until a word is quoted
# PowerShell takes curly quotes for quotes; Python 2's texts are bytes, and have none.
CURLY = ("", "") if sys.version_info < (3,) else ("\u2018\u2019\u201a\u201b", "\u201c\u201d\u201e")
OWN_MODULES = re.compile(r"(?!.*[\\/]program files).*[\\/](windows)?powershell[\\/]modules[\\/]?$")


def shell_lines(commands):
    """The commands as lines, by shell."""
    return dict(
        (shell, "\n".join(shell_line(argv, shell) for argv in commands)) for shell in SHELLS
    )


def shell_line(argv, shell):
    """One command with the quoting of a shell; a leading ~ is the home, in this shell's words."""
    if shell == "cmd":
        return " ".join(map(cmd_word, argv))
    if shell == "powershell":
        words = [powershell_word(word) for word in argv]
        return ("" if re.match(r"[A-Za-z./\\]", words[0]) else "& ") + " ".join(words)
    return " ".join(posix_word(word) for word in argv)


def cmd_word(word):
    """The word as cmd takes it: `%` stands outside of the quotes, behind a caret, so that it names
    no variable.
    """
    placed = HOME_WORD.sub(PLACE, word)
    if placed == word and CMD_BARE.match(word):
        return word
    quoted = ""
    for part in re.split(r'([%"])', placed):
        special = {"%": "^%", '"': '\\^"'}.get(part, "")
        doubled = re.sub(r"\\+$", lambda hit: 2 * hit.group(), part)
        quoted += special or ('"' + doubled + '"' if part else "")
    return (quoted or '""').replace(PLACE, "%USERPROFILE%")


def powershell_word(word):
    """The word as PowerShell takes it: single quotes take everything as it is; a home needs double
    ones.
    """
    if HOME_WORD.search(word):
        special = '[`"$%s]' % CURLY[1]
        escaped = re.sub(special, lambda hit: "`" + hit.group(), HOME_WORD.sub(PLACE, word))
        return '"%s"' % escaped.replace(PLACE, "$HOME")
    if POWERSHELL_BARE.match(word):
        return word
    return "'%s'" % re.sub("['%s]" % CURLY[0], lambda hit: 2 * hit.group(), word)


def posix_word(word):
    """A word as a POSIX shell and fish read it."""
    home = word[:2] if word.startswith("~/") else ""
    rest = word[len(home) :]
    plain = re.match(r"[\w@%+=:,./-]+$", rest)
    return home + (rest if plain else "'%s'" % rest.replace("'", "'\"'\"'"))


def learners_shell():
    """The shell in which this file was started, as src/envcheck/target/shells.py tells it."""
    if not WINDOWS or os.environ.get("MSYSTEM"):
        return "fish" if os.path.basename(os.environ.get("SHELL", "")) == "fish" else "posix"
    paths = os.environ.get("PSMODULEPATH", "").lower().split(";")
    return "powershell" if any(map(OWN_MODULES.match, paths)) else "cmd"
