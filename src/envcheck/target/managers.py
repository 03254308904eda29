"""Package managers besides pip: where they are, and how what they did is taken back."""

from __future__ import annotations

from collections.abc import Collection

from envcheck.environment import Environment
from envcheck.target import typed_path
from envcheck.target.conda import Record


def uv_command(env: Environment) -> str:
    """The path of uv on the learner's PATH; empty where there is none."""
    return typed_path.which(env.variables, "uv") or ""


def conda_back(
    conda: str, prefix: str, before: Collection[Record], after: Collection[Record]
) -> list[tuple[str, ...]]:
    """Commands that bring back what conda had put there before: by its address, which needs no
    channel and no solving, or by its version and build where none was noted.
    """
    names_before = {record.name for record in before}
    changed = [
        record.url or record.spec
        for record in sorted(before, key=lambda record: record.name)
        if record not in after
    ]
    added = sorted({record.name for record in after} - names_before)
    start = (conda, "install", "--yes", "--prefix", prefix)
    addresses = [word for word in changed if "://" in word]
    named = [word for word in changed if "://" not in word]
    away = [(conda, "remove", "--yes", "--prefix", prefix, *added)] if added else []
    return [*away, *((*start, *words) for words in (addresses, named) if words)]
