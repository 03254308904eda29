"""Install once more what is there, also where pip cannot take the old one away."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Environment, Fix, Rename
from envcheck.fixes.advice import install
from envcheck.target.interpreter import Distribution, Interpreter
from envcheck_checks.machine.backup import free_backup


def reinstall(
    env: Environment,
    python: Interpreter,
    names: Sequence[str],
    title: str,
    *,
    upgrade: bool = False,
    aside: Iterable[str] = (),
) -> Fix:
    """Exactly these distributions, in the version that is there unless `upgrade`. `aside` is moved away before.

    pip replaces only what it has a list of files for; where there is none, the metadata is moved aside first, and the
    files are written over.
    """
    rows = [one for one in python.distributions if one.name in names]
    there = {one.name: one for one in reversed(rows)}
    wanted = [name if upgrade else pinned(there.get(name), name) for name in names]
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
            Path(one.folder, one.entry)
            for one in rows
            if python.owns(one.folder) and not replaceable(one)
        ),
    ]
    return replace(
        fix,
        steps=(
            *(Rename(str(place), free_backup(place)) for place in dict.fromkeys(places)),
            *fix.steps,
        ),
    )


def unlisted(python: Interpreter, names: Iterable[str]) -> list[str]:
    """Those that have no list of their files: whether something of them is missing, nobody can see."""
    return [name for name in names if (one := python.installed.get(name)) and not one.has_record]


def pinned(one: Distribution | None, name: str) -> str:
    return (
        f"{name}=={one.version}"
        if one is not None and one.parsed_version is not None and not one.parsed_version.local
        else name
    )


def replaceable(one: Distribution) -> bool:
    """Whether pip can uninstall it: it has a version and a list of its files, and is no single file that distutils left."""
    return (
        one.has_record
        and one.version is not None
        and not (one.entry.endswith(".egg-info") and os.path.isfile(Path(one.folder, one.entry)))
    )
