"""Cells that install something: which lines do, and what is left of the cell without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from envcheck.adopt import cells

INSTALLS = re.compile(
    r"\b(?:pip3?|conda|mamba|micromamba|uv|apt|apt-get|brew|poetry|pixi|dnf|apk)\b[^|;&\n]*?"
    r"\b(?:install|uninstall|add|remove|update|upgrade|sync)\b"
)
# What an environment that is thrown away can bear: pip's installing there, and nothing into the system.
ELSEWHERE = re.compile(
    r"\b(?:sudo|conda|mamba|micromamba|apt|apt-get|brew|poetry|pixi|dnf|apk)\b"
    r"|\buv\b(?!\s+pip\b)|\s(?:--target|--prefix|--root|--break-system-packages|-t)\b"
)
CALLED = re.compile(r"\b(?:os\.system|subprocess\.\w+|getoutput|pip\.main)\s*\(")
WORD_APART = re.compile(r"[\"'\s,\[\]]+")


@dataclass(frozen=True)
class Without:
    """What of a cell is run, and the first line of it that installs; empty where none does."""

    text: str
    installs: str = ""


def without_installing(text: str, *, thrown_away: bool = False) -> Without:
    """The cell without its lines that install; where the environment is `thrown_away`, without those
    that install elsewhere. Where they cannot be taken out, nothing is left.
    """

    def is_out(line: str) -> bool:
        return bool(INSTALLS.search(line) and (not thrown_away or ELSEWHERE.search(f" {line}")))

    lines = [line for line in cells.read(text).lines if is_out(line.text)]
    if not lines:
        called = CALLED.search(text) and is_out(WORD_APART.sub(" ", text))
        return Without("", f"{CALLED.search(text)[0]}...") if called else Without(text)  # type: ignore[index]  # it is there
    shown = f"{lines[0].sign}{lines[0].text}"
    if cells.CELL_MAGIC.match(text):
        return Without("", shown)
    kept = text.split("\n")
    for line in lines:
        first = kept[line.number - 1]
        indent = first[: len(first) - len(first.lstrip())]
        last = line.number - 1
        while kept[last].rstrip().endswith("\\") and last + 1 < len(kept):
            last += 1
        kept[line.number - 1 : last + 1] = [f"{indent}pass", *[""] * (last - line.number + 1)]
    return Without("\n".join(kept), shown)
