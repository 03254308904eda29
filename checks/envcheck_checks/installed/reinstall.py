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
from envcheck_checks.installed import dead_links
from envcheck_checks.installed.record_file import has_zeros

NAMED = re.compile(r"-([^-]+)\.dist-info$")


def _in_the_way(python: Interpreter, distribution: Distribution) -> list[Path]:
    """What pip cannot take away of a distribution: metadata without a list, and dead links."""
    metadata = Path(distribution.folder, distribution.entry)
    links = dead_links.in_the_way(python, distribution)
    return [*links, *([] if is_replaceable(distribution) else [metadata])]


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
    places = [*map(Path, aside), *(place for row in own for place in _in_the_way(python, row))]
    outermost = (place for place in dict.fromkeys(places) if not {*place.parents} & {*places})
    return replace(fix, steps=(*map(move_aside, outermost), *fix.steps))


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
