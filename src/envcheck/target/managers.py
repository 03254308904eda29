"""Package managers besides pip: where they are, and how what they did is taken back."""

from __future__ import annotations

import shutil
from collections.abc import Collection

from envcheck.environment import Environment
from envcheck.path_lists import joined
from envcheck.target import typed_path
from envcheck.target.conda import Record
from envcheck.target.home import home_of

# Where the managers' own installers put them, if the terminal does not know yet
PLACES = (".local/bin", ".cargo/bin", ".pixi/bin", ".rye/shims")


def uv_command(env: Environment) -> str:
    """The path of uv, on the learner's PATH or where its installer puts it; empty where there is none."""
    return typed_path.which(env.variables, "uv") or _installed(env, "uv")


def starter(env: Environment, program: str) -> str:
    """What starts this manager: its name where the terminal knows it, else its path; empty where there
    is none.
    """
    return program if typed_path.which(env.variables, program) else _installed(env, program)


def _installed(env: Environment, program: str) -> str:
    places = joined(home_of(env.variables) / place for place in PLACES)
    return shutil.which(program, path=places) or ""


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
