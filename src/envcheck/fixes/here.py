"""What a record asks for, in the words of this machine: the environment, its Python and its manager
are found anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import places
from envcheck.environment import Environment, Located
from envcheck.errors import UsageProblem
from envcheck.fixes.grammar import Packages
from envcheck.model import Rename, Run, Step
from envcheck.target import conda
from envcheck.target.conda_cache import addresses
from envcheck.target.locate import locate
from envcheck.target.managers import uv_command

ACTIVE = ("VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV")


def find(
    asked: Sequence[Rename | Packages],
    named: str | None,
    variables: Mapping[str, str],
    folder: Path,
) -> Located:
    """The Python of the environment that is meant, by the rules that find a learner's: the one that
    `named` says, the active one, or the one in the folder. Raises UsageProblem where none of them
    is it.
    """
    candidates = list(_candidates(named, variables, folder))
    meant = [packages for packages in asked if isinstance(packages, Packages)]
    for located in candidates:
        if all(_is_meant(located, packages) for packages in meant):
            return replace(located, chosen=True)
    if not meant:
        return Located(("python",), "no Python is needed")
    raise UsageProblem(
        f"the record is about packages in {meant[0].prefix}, which is not your environment here. "
        "If it is yours, activate it, or name its Python: envcheck undo RECORD --python PATH"
    )


def step(env: Environment, asked: Rename | Packages) -> Step:
    """What is carried out. Raises UsageProblem where the manager is not on this machine."""
    if isinstance(asked, Rename):
        return asked
    python = env.located.command[0]
    if asked.tool == "pip":
        verb = ("install", "--no-deps") if asked.back else ("uninstall", "--yes")
        return Run((python, "-m", "pip", *verb, *asked.names))
    prefix = str(_prefix(python))
    program = uv_command(env) if asked.tool == "uv" else conda.find_command(env.variables, prefix)
    if not program:
        raise UsageProblem(f"this fix is taken back by {asked.tool}, which is not on PATH")
    if asked.tool == "uv":
        words = ("install", "--python", python, "--no-deps") if asked.back else ("uninstall", "--python", python)  # fmt: skip
        return Run((program, "pip", *words, *asked.names))
    if not asked.back:
        return Run((program, "remove", "--yes", "--prefix", prefix, *asked.names))
    start = (program, "install", "--yes", "--prefix", prefix)
    if noted := addresses(program, env.variables, asked.names):
        return Run((*start, *noted))
    channels = (word for channel in conda.channels(prefix) for word in ("--channel", channel))
    return Run((*start, *channels, *asked.names))


def _candidates(named: str | None, variables: Mapping[str, str], folder: Path) -> Iterable[Located]:
    inactive = {name: value for name, value in variables.items() if name not in ACTIVE}
    for searched in (variables, inactive) if named is None else (variables,):
        try:
            yield locate(named, searched, folder)
        except LookupError:
            continue


def _is_meant(located: Located, packages: Packages) -> bool:
    return places.same(_prefix(located.command[0]), packages.prefix)


def _prefix(python: str) -> Path:
    return Packages("pip", os.path.abspath(python), False, ()).prefix  # noqa: PTH100
