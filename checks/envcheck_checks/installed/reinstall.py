"""Install once more what is there, also where pip cannot take the old one away."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Environment, Fix
from envcheck.fixes.advice import install
from envcheck.fixes.backup import move_aside
from envcheck.target.interpreter import Distribution, Interpreter


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
    places = [
        *map(Path, aside),
        *(
            Path(distribution.folder, distribution.entry)
            for distribution in distributions
            if python.owns(distribution.folder) and not is_replaceable(distribution)
        ),
    ]
    return replace(
        fix,
        steps=(
            *(move_aside(place) for place in dict.fromkeys(places)),
            *fix.steps,
        ),
    )


def pinned(distribution: Distribution | None, name: str) -> str:
    """The requirement of exactly this version; of any where it is unknown or local."""
    return (
        f"{name}=={distribution.version}"
        if distribution is not None
        and distribution.parsed_version is not None
        and not distribution.parsed_version.local
        else name
    )


def is_replaceable(distribution: Distribution) -> bool:
    """Whether pip can uninstall it: it has a version and a list of its files, and is no single file
    that distutils left.
    """
    return (
        distribution.has_record
        and distribution.version is not None
        and not (
            distribution.entry.endswith(".egg-info")
            and os.path.isfile(Path(distribution.folder, distribution.entry))
        )
    )
