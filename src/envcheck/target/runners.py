"""Environments that a runner made for one program: uvx, uv tool, pipx and run-envcheck.py. Nobody
works in them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from envcheck import places
from envcheck.path_lists import joined, separator

# Files that stand in such an environment: of `uv tool install`, of pipx, of run-envcheck.py
MARKS = ("uv-receipt.toml", "pipx_metadata.json", "envcheck-made.json")
# Folders of uv's cache that hold environments: of `uvx`, of `uv run --with`, of a script's own list
UV_CACHE = re.compile(r"(archive|builds|environments)-v\d+")


def made_by_runner(prefix: str | Path) -> bool:
    """Whether the environment there was made by a runner, for a program and not for a person."""
    place = Path(os.path.realpath(prefix))
    return _is_in_uv_cache(place) or any(os.path.isfile(place / mark) for mark in MARKS)


def without_runner(variables: Mapping[str, str], host: str = sys.prefix) -> dict[str, str]:
    """The variables without what a runner put there to start us from `host`: its folder on PATH,
    and its environment as the active one.
    """
    kept = dict(variables)
    if "PATH" in kept:
        kept["PATH"] = joined(
            entry for entry in kept["PATH"].split(separator()) if not _is_ours(_above(entry), host)
        )
    if kept.get("VIRTUAL_ENV") and _is_ours(kept["VIRTUAL_ENV"], host):
        del kept["VIRTUAL_ENV"]
    return kept


def _is_ours(place: str | Path, host: str) -> bool:
    real = Path(os.path.realpath(place))
    return _is_in_uv_cache(real) or (places.same(real, host) and made_by_runner(real))


def _above(entry: str) -> Path:
    return Path(entry or os.curdir).parent


def _is_in_uv_cache(place: Path) -> bool:
    return UV_CACHE.fullmatch(place.parent.name) is not None
