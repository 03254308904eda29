"""PEP 723: the block in which a script says itself what it is run with (`# /// script`)."""

from __future__ import annotations

import re
import sys
from typing import Any

from envcheck.versions import name_of, normal_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BLOCK = re.compile(r"^# /// script[ \t]*\n(?P<lines>(?:#(?: .*)?\n)+?)# ///[ \t]*$", re.MULTILINE)


def installed(text: str) -> tuple[str, ...]:
    """The distributions that its block names, normalised; none where it has none that can be read."""
    match = BLOCK.search(text) if "# /// script" in text else None
    if match is None:
        return ()
    try:
        values: dict[str, Any] = tomllib.loads(
            "\n".join(line[2:] for line in match["lines"].splitlines())
        )
    except (ValueError, RecursionError):
        return ()
    rows = values.get("dependencies")
    texts = [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []
    return tuple(normal_name(name_of(row.strip())) for row in texts)
