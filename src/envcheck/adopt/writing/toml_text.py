"""What others have written, as TOML has it."""

from __future__ import annotations

import re
from collections.abc import Iterable


def quoted(value: str) -> str:
    """A basic string of TOML."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'


def listed(values: Iterable[str]) -> str:
    """A list of such strings."""
    return f"[{', '.join(map(quoted, values))}]"


def quoted_key(name: str) -> str:
    """A key of TOML."""
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else quoted(name)


def plain(name: str) -> str:
    """A file's name that fits into a comment."""
    return re.sub(r"[^\x20-\x7e\u00a0-\ud7ff]", "?", name)
