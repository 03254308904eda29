"""A file of variables, such as `.env`, read as python-dotenv reads it, to the letter: what it takes for
no value is none. The values are compared, and never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck import foreign_file

LARGEST = 256_000  # bytes of a file that a person wrote
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BLANK = r"[^\S\n]*"
SPACE = re.compile(r"\s*")
EXPORT = re.compile(r"(?:export[^\S\n]+)?")
KEY = re.compile(rf"(?:'(?P<quoted>[^']+)'|(?!')(?P<plain>[^=#\s]+)|(?=#)){BLANK}")
EQUALS = re.compile(rf"={BLANK}")
SINGLE = re.compile(r"'((?:\\.|[^'\\])*)'", re.DOTALL)
DOUBLE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
PLAIN = re.compile(r"[^\n]*")
END = re.compile(rf"(?:{BLANK}#[^\n]*)?{BLANK}(?:\n|$)")
REST = re.compile(r"[^\n]*\n?")
QUOTED = re.compile(r"""=\s*['"]""")
COMMENT = re.compile(r"\s+#.*")
OTHER = re.compile(r"\$\{(?P<name>[^}:]*)(?::-(?P<default>[^}]*))?\}")
ESCAPED_SINGLE = re.compile(r"\\([\\'])")
ESCAPED = re.compile(r"\\([\\'\"abfnrtv])")
LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True)
class EnvFile:
    """`values` are those of its lines, the last of a name. `trouble`: why no program could read it;
    empty where all can. `odd` are the numbers of the lines that programs leave out.
    """

    path: Path
    values: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    text: str = ""
    odd: frozenset[int] = frozenset()

    def odd_line(self, name: str) -> str:
        """What a line that begins with this name does in place of giving it a value; empty for none."""
        line = re.compile(
            rf"\W*(?:set[ \t]+|export[ \t]+|\$env:|#[ \t]*)?{re.escape(name)}\b", re.I
        )
        rows = enumerate(self.text.split("\n"), 1)
        number, row = next(((number, row) for number, row in rows if line.match(row)), (0, ""))
        if number in self.odd and QUOTED.search(row):
            return f"line {number}: quotes are not closed, or something stands behind them"
        return f"line {number} names it, and gives it no value" if number else ""


def read(path: Path, variables: Mapping[str, str]) -> EnvFile:
    """What is in the file; `variables` of the terminal stand for `${NAME}` in it. Raises OSError."""
    raw = foreign_file.content(path, LARGEST)
    text = foreign_file.text(path, LARGEST)
    if raw.startswith(UTF_16):
        return EnvFile(
            path, {}, "it is written in UTF-16, which programs do not expect there", text
        )
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return EnvFile(path, {}, "some of its letters are not written in UTF-8", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    values: dict[str, str | None] = {}
    odd: set[int] = set()
    for number, name, value in _lines(text):
        if name is None:
            odd.add(number)
        else:
            values[name] = None if value is None else _filled(value, values, variables)
    given = {name: value for name, value in values.items() if value is not None}
    return EnvFile(path, given, "", text, frozenset(odd))


def _lines(text: str) -> Iterator[tuple[int, str | None, str | None]]:
    """The number of each, its name and its value: no name where it cannot be read, no value where it
    gives none.
    """
    position, counted, number = 0, 0, 1
    while (position := _end(SPACE, text, position)) < len(text):
        number, counted = number + text.count("\n", counted, position), position
        name, value, position = _line(text, position)
        if name is None:
            position = _end(REST, text, position)
        if name != "":
            yield number, name, value


def _line(text: str, position: int) -> tuple[str | None, str | None, int]:
    """Its name, its value, and where it ends; no name where it cannot be read, an empty one where it is
    a comment.
    """
    position = _end(EXPORT, text, position)
    key = KEY.match(text, position)
    if not key:
        return None, None, position
    value, position = None, key.end()
    equals = EQUALS.match(text, position)
    if equals:
        value, position = _value(text, equals)
    end = END.match(text, position)
    if not end or (equals and value is None):
        return None, None, position
    return key["quoted"] or key["plain"] or "", value, end.end()


def _value(text: str, equals: re.Match[str]) -> tuple[str | None, int]:
    """It and where it ends; None where its quotes are not closed."""
    start = equals.end()
    first = text[start : start + 1]
    if first == "#" and len(equals[0]) > 1:
        return "", start
    if first not in ("'", '"'):
        line = PLAIN.match(text, start)
        return (COMMENT.sub("", line[0]).rstrip(), line.end()) if line else (None, start)
    hit = (SINGLE if first == "'" else DOUBLE).match(text, start)
    if not hit:
        return None, start
    escaped = ESCAPED_SINGLE if first == "'" else ESCAPED
    return escaped.sub(lambda each: LETTERS.get(each[1], each[1]), hit[1]), hit.end()


def _filled(value: str, values: Mapping[str, str | None], variables: Mapping[str, str]) -> str:
    """With `${OTHER}` and `${OTHER:-default}` as they stand then; the terminal's come first."""

    def stands(other: re.Match[str]) -> str:
        name = other["name"]
        return variables.get(name, values.get(name, other["default"])) or ""

    return OTHER.sub(stands, value)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    hit = pattern.match(text, position)
    return hit.end() if hit else position
