"""A file of variables, such as `.env`, read as the programs do that courses use for it
(python-dotenv, Docker Compose). Its values are compared, and never shown.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from envcheck import foreign_file

LARGEST = 256_000  # bytes of a file that a person wrote
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ENTRY = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*
    (?:'(?P<single>(?:[^'\\]|\\.)*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<plain>[^\n]*))""",
    re.MULTILINE | re.VERBOSE,
)
COMMENT = re.compile(r"(?:^|\s+)#.*$")
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True)
class EnvFile:
    """`values` are those of its lines, the last of a name. `trouble`: why no program could read it;
    empty where all can.
    """

    path: Path
    values: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    text: str = ""

    def odd_line(self, name: str) -> int:
        """The number of a line that begins with this name and gives it no value; 0 for none."""
        line = re.compile(
            rf"\W*(?:set[ \t]+|export[ \t]+|\$env:|#[ \t]*)?{re.escape(name)}\b", re.I
        )
        rows = enumerate(self.text.splitlines(), 1)
        return next((number for number, row in rows if line.match(row)), 0)


def read(path: Path) -> EnvFile:
    """What is in the file. Raises OSError."""
    raw = foreign_file.content(path, LARGEST)
    text = foreign_file.text(path, LARGEST)
    if raw.startswith(UTF_16):
        return EnvFile(
            path, {}, "it is written in UTF-16, which programs do not expect there", text
        )
    values = {match["name"]: _value(match) for match in ENTRY.finditer(text)}
    return EnvFile(path, values, "", text)


def _value(match: re.Match[str]) -> str:
    if match["single"] is not None:
        return ESCAPED.sub(r"\1", match["single"])
    if match["double"] is not None:
        return ESCAPED.sub(r"\1", match["double"])
    return COMMENT.sub("", match["plain"]).strip()
