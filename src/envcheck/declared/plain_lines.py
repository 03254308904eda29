"""A list of pip's in which every line is a name with its versions, as most are: it is read without pip's own grammar,
whose parser takes longer to be imported than a small course takes to be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
NUMBER = r"[0-9]+(?:\.[0-9]+)*"
KIND = r"(?:(?:a|b|rc)[0-9]+)?(?:\.post[0-9]+)?(?:\.?dev[0-9]+)?"  # before or after a release
BOUND = (
    rf" ?(?:(?:[=!]= ?{NUMBER}(?:\.\*|{KIND}))|(?:[<>]=? ?{NUMBER}{KIND})"
    rf"|(?:~= ?[0-9]+(?:\.[0-9]+)+{KIND})) ?"
)
LINE = re.compile(
    rf"(?:(?P<name>{NAME})(?:\[(?P<extras>{NAME}(?:, ?{NAME})*)\])?(?P<bounds>{BOUND}(?:,{BOUND})*)?)?"
    r"[ \t]*(?:(?<!\S)#[^\\$]*)?"
)
# pip takes a name with such an ending for a file.
FILES = (".zip", ".whl", ".tar", ".gz", ".bz2", ".xz", ".lzma", ".tgz", ".tbz", ".tlz", ".txz")


def requirements(lines: Sequence[str]) -> list[tuple[int, str]] | None:
    """The number and the requirement of each line that has one, in pip's spelling; None where a line is of
    another kind.
    """
    rows = []
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line)
        if not match or (match["name"] or "").lower().endswith(FILES) or _repeats(match["bounds"]):
            return None
        if match["name"]:
            extras = _listed(match["extras"])
            rows.append(
                (
                    number,
                    match["name"] + (f"[{extras}]" if extras else "") + _listed(match["bounds"]),
                )
            )
    return rows


def _repeats(bounds: str | None) -> bool:
    """Whether an operator stands there twice: its versions may be one, `==1,==1.0`."""
    operators = re.findall(r"[=!<>~]+", bounds or "")
    return len({*operators}) < len(operators)


def _listed(text: str | None) -> str:
    """Each once and in order, as pip writes them."""
    return ",".join(sorted({*(text or "").replace(" ", "").split(",")}))
