"""The part of conda that installs and removes, done by py-rattler from channels on this machine."""

from __future__ import annotations

import argparse
import asyncio
import re
from pathlib import Path

from rattler import MatchSpec, PrefixRecord, RepoDataRecord, Subdir, install, solve
from rattler.exceptions import SolverError
from tests.stories.conda.channel import SUBDIR

ADDRESS = re.compile(r".*/(?P<name>.+)-(?P<version>[^-]+)-(?P<build>[^-]+)\.(conda|tar\.bz2)")


def carry_out(asked: argparse.Namespace, channels: list[str], cache: Path) -> str:
    """`install`, `create`, `update` or `remove`, as asked for; what conda says where it cannot."""
    try:
        asyncio.run(_carry_out(asked, channels, cache))
    except SolverError as error:
        return f"LibMambaUnsatisfiableError: Encountered problems while solving:\n{error}"
    return ""


async def _carry_out(asked: argparse.Namespace, channels: list[str], cache: Path) -> None:
    there = [PrefixRecord.from_path(file) for file in (asked.prefix / "conda-meta").glob("*.json")]
    names = {_name(spec) for spec in asked.specs}
    if asked.verb == "remove":
        wanted: list[RepoDataRecord] = [*_without(there, names)]
    else:
        kept = [one.name.normalized for one in there if one.name.normalized not in names]
        specs = [MatchSpec(_spec(spec)) for spec in asked.specs] + [MatchSpec(one) for one in kept]
        locked = [
            one for one in there if one.name.normalized not in names or asked.verb != "update"
        ]
        wanted = await solve(
            channels, specs, platforms=[Subdir(SUBDIR), Subdir("noarch")], locked_packages=locked
        )
    await install(
        wanted,
        target_prefix=asked.prefix,
        cache_dir=cache,
        installed_packages=there,
        reinstall_packages=names if asked.force_reinstall else None,
        show_progress=False,
    )


def _without(there: list[PrefixRecord], names: set[str]) -> list[PrefixRecord]:
    """conda takes away what needs them too."""
    gone = set(names)
    while more := {
        one.name.normalized
        for one in there
        if one.name.normalized not in gone and gone & {_name(line) for line in one.depends}
    }:
        gone |= more
    return [one for one in there if one.name.normalized not in gone]


def _name(spec: str) -> str:
    hit = ADDRESS.fullmatch(spec)
    return hit["name"] if hit else re.split(r"[=<>!~ ]", spec)[0].lower()


def _spec(spec: str) -> str:
    hit = ADDRESS.fullmatch(spec)
    return f"{hit['name']} =={hit['version']} {hit['build']}" if hit else spec
