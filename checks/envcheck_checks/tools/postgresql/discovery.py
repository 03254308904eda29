"""Where PostgreSQL's server is: on the PATH, beside the target's Python, or where installers hide
it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from envcheck import Environment
from envcheck.foreign_file import matching
from envcheck.target.interpreter import interpreter
from envcheck_checks.tools.framework.program import Program, find

PROGRAM = Program(
    "PostgreSQL",
    "postgres",
    "a database server",
    60,
    {
        "apt": "postgresql",
        "dnf": "postgresql-server",
        "pacman": "postgresql",
        "zypper": "postgresql-server",
        "brew": "postgresql@17",
        "winget": "PostgreSQL.PostgreSQL.17",
        "choco": "postgresql",
    },
    "https://www.postgresql.org/download/",
)
# Debian, Red Hat, Homebrew, Postgres.app and the Windows installer keep the server's programs off
# the PATH.
HIDDEN = {
    "win32": ("C:/Program Files/PostgreSQL/*/bin",),
    "darwin": (
        "/opt/homebrew/opt/postgresql*/bin",
        "/usr/local/opt/postgresql*/bin",
        "/Applications/Postgres.app/Contents/Versions/*/bin",
        "/Library/PostgreSQL/*/bin",
    ),
    "linux": ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/pgsql*/bin"),
}
NEEDED = ("initdb", "postgres", "pg_ctl")


def server_folder(env: Environment) -> Path | None:
    """The folder of the server's programs; the learner's PATH decides, then the newest."""
    return next(
        (folder for folder in _places(env) if all(_is_there(folder, name) for name in NEEDED)), None
    )


def client(env: Environment, binaries: Path) -> str:
    """The client of the same version, or that of the PATH where it is packaged apart."""
    return str(binaries / "psql") if _is_there(binaries, "psql") else (find(env, "psql") or "psql")


def _places(env: Environment) -> Iterator[Path]:
    for name in ("postgres", "initdb"):
        if on_path := find(env, name):
            yield Path(os.path.realpath(on_path)).parent
    yield Path(interpreter(env).executable).parent
    for pattern in HIDDEN.get(sys.platform, ()):
        anchor = Path(pattern).anchor
        yield from sorted(matching(anchor, pattern[len(anchor) :]), key=_number, reverse=True)


def _number(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def _is_there(folder: Path, name: str) -> bool:
    return os.path.isfile(folder / name) or os.path.isfile(folder / f"{name}.exe")
