"""Install once more what is there, also where pip cannot take the old one away."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Environment, Fix
from envcheck.fixes.advice import install
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck_checks.installed.record_file import has_zeros, recorded

NAMED = re.compile(r"-([^-]+)\.dist-info$")


def of_dead_links(distribution: Distribution) -> list[Path]:
    """What of a distribution has links in it that lead nowhere, as folders of its own or single
    files: pip takes such a link for nothing, and fails as it writes through it.
    """
    files = [path for path, _ in recorded(distribution)]
    site = Path(distribution.folder)
    dead = [path for path in files if _is_dead_link(site / path)]
    tops = dict.fromkeys(Path(path).parts[0] for path in dead)
    return [site / top for top in tops if top in files or f"{top}/__init__.py" in files]


def _in_the_way(distribution: Distribution) -> list[Path]:
    """What pip cannot take away of a distribution: dead links, and metadata without a list."""
    metadata = Path(distribution.folder, distribution.entry)
    return [*of_dead_links(distribution), *([] if is_replaceable(distribution) else [metadata])]


def _is_dead_link(place: Path) -> bool:
    return os.path.islink(place) and not os.path.exists(place)  # neither raises


def reinstall(
    env: Environment,
    python: Interpreter,
    names: Sequence[str],
    title: str,
    *,
    upgrade: bool = False,
    aside: Iterable[str] = (),
) -> Fix:
    """Exactly these distributions, in the version that is there unless `upgrade`. `aside` is moved
    away before.

    pip replaces only what it has a list of files for; where there is none, the metadata is moved
    aside first, and the files are written over.
    """
    distributions = [
        distribution for distribution in python.distributions if distribution.name in names
    ]
    installed = {distribution.name: distribution for distribution in reversed(distributions)}
    wanted = [name if upgrade else pinned(installed.get(name), name) for name in names]
    words = ["--upgrade"] if upgrade else []
    fix = install(
        env,
        python,
        [*words, "--force-reinstall", "--no-deps", "--no-cache-dir", *wanted],
        title=title,
    )
    if not python.is_environment:
        return fix
    own = [row for row in distributions if python.owns(row.folder)]
    places = [*map(Path, aside), *(place for row in own for place in _in_the_way(row))]
    return replace(
        fix,
        steps=(
            *(move_aside(place) for place in dict.fromkeys(places)),
            *fix.steps,
        ),
    )


def pinned(distribution: Distribution | None, name: str) -> str:
    """The requirement of exactly this version, by its folder's name where its notes say none; of any
    where it is unknown or local.
    """
    from packaging.version import InvalidVersion, Version

    written = NAMED.search(distribution.entry) if distribution is not None else None
    told = distribution.version if distribution is not None else None
    try:
        version = Version(told or (written[1] if written else ""))
    except InvalidVersion:
        return name
    return name if version.local else f"{name}=={told or version}"


def is_replaceable(distribution: Distribution) -> bool:
    """Whether pip can uninstall it: it has a version and a list of its files that can be read, and is
    no single file that distutils left.
    """
    return (
        distribution.has_record
        and distribution.version is not None
        and not has_zeros(distribution)
        and not (
            distribution.entry.endswith(".egg-info")
            and os.path.isfile(Path(distribution.folder, distribution.entry))
        )
    )
