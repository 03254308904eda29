"""A word as a POSIX shell reads it: sh, dash, bash, zsh, ksh and busybox."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from envcheck.printable import UNSEEN

QUOTE, BACKSLASH = "'", "\\"
HOME_WITHIN = re.compile(r"(?<=[=;,])~(?=$|[/;,])")


def quoted(word: str) -> str:
    """A word as every POSIX shell hands it on. A line feed at its end is lost: see `evaluated`."""
    return _quoted(word, _coded if UNSEEN.search(word) else shlex.quote)


def seen(word: str) -> str:
    """A line feed and its like as themselves: for a line that is coded as a whole."""
    return _quoted(word, shlex.quote)


def _quoted(word: str, quote: Callable[[str], str]) -> str:
    """The home as words of the shell, the rest by `quote`."""
    if HOME_WITHIN.search(word):
        parts = HOME_WITHIN.split(word)
        return '"$HOME"'.join(part and _quoted(part, quote) for part in parts)
    if word in ("~", "~/"):
        return word
    if word.startswith("="):  # zsh takes `=ls` for the place of ls
        return "'='" + (quote(word[1:]) if word[1:] else "")
    return f"~/{quote(word[2:])}" if word.startswith("~/") else quote(word)


def _coded(word: str) -> str:
    """A raw character that is not seen would forge lines: `printf` puts it back, in every shell."""
    plain = word.replace(BACKSLASH, BACKSLASH * 2).replace(QUOTE, "\\047").replace("%", "%%")
    coded = UNSEEN.sub(lambda hit: "".join(f"\\{byte:03o}" for byte in bytes_of(hit[0])), plain)
    coded = f"\\055{coded[1:]}" if coded.startswith("-") else coded  # no option of printf's
    return f"\"$(printf '{coded}')\""


def evaluated(line: str) -> str:
    """For a word with a line feed at its end, which `$(...)` takes away: in a line it is followed
    by a quote. Bash's own way to write it, `$'...'`, is nothing to dash.
    """
    return f"eval {_coded(line)}"


def bytes_of(character: str) -> bytes:
    """As the system has it: a half of a pair stands for a byte of a name that is no text."""
    kept = "\udc80" <= character <= "\udcff"
    return character.encode("utf-8", "surrogateescape" if kept else "surrogatepass")
