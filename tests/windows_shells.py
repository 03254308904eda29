"""How PowerShell and cmd read a line, for machines that have neither."""

from __future__ import annotations

import re

SINGLE, DOUBLE = "'\u2018\u2019\u201a\u201b", '"\u201c\u201d\u201e'


def read_by_cmd(line: str, home: str) -> str:
    """What cmd's prompt hands on: variables are put in, also within quotes; then carets and quotes
    are looked at.
    """
    line = re.sub(
        r'%([^%"^:]+)%', lambda match: home if match[1] == "USERPROFILE" else "EXPANDED", line
    )
    out, quoted, position = "", False, 0
    while position < len(line):
        one = line[position]
        if one == "^" and not quoted:
            position += 1
            out += line[position : position + 1]
        else:
            assert quoted or one not in "&|<>()\n", line
            quoted ^= one == '"'
            out += one
        position += 1
    assert not quoted, line
    return out


def words_of(line: str) -> list[str]:
    """The words as a Windows program's own parser finds them: 2n backslashes before a quote are n,
    an odd one keeps it.
    """
    words, word, quoted, slashes = [], None, False, 0
    for one in [*line, " "]:
        if one == "\\":
            slashes += 1
            continue
        if slashes:
            word = (word or "") + "\\" * (slashes // 2 if one == '"' else slashes)
        odd, slashes = slashes % 2 == 1, 0
        if one == '"':
            word = (word or "") + ('"' if odd else "")
            quoted ^= not odd
        elif one in " \t" and not quoted:
            words += [word] if word is not None else []
            word = None
        else:
            word = (word or "") + one
    return words


def read_by_powershell(line: str, home: str) -> list[str]:
    """PowerShell's words: curly quotes count as quotes, `$` and the backtick mean something between
    double ones.
    """
    words, rest = [], line
    while rest := rest.lstrip(" "):
        if rest[0] in SINGLE:
            match = re.match(
                rf"[{SINGLE}]((?:[^{SINGLE}]|[{SINGLE}]{{2}})*)[{SINGLE}](?= |$)", rest
            )
            assert match, rest
            words.append(re.sub(rf"([{SINGLE}])[{SINGLE}]", r"\1", match[1]))
        elif rest[0] == '"':
            match = re.match(rf'"((?:[^`{DOUBLE}]|`.)*)"(?= |$)', rest, re.DOTALL)
            assert match, rest
            assert not re.search(r"(?<!`)(?:``)*\$(?!HOME)", match[1]), rest
            words.append(
                re.sub(r"`(.)|\$HOME", lambda hit: hit[1] or home, match[1], flags=re.DOTALL)
            )
        else:
            match = re.match(r"[^ ]+", rest)
            assert match
            assert re.fullmatch(r"[\w./\\:=+-]+", match[0], re.ASCII), rest
            assert not re.match(r"-.*[.:]", match[0]), "PowerShell splits it in two"
            words.append(match[0])
        rest = rest[match.end() :]
    return words
