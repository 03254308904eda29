"""How the conda environment that a course names is made: as its list says, where there is one."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from envcheck import Confidence, Environment, Fix, Run, Step, Tell
from envcheck.declared import misnamed
from envcheck.declared.reading import look
from envcheck.fixes import by_conda
from envcheck.fixes.advice import typed
from envcheck.target import conda
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.machine.system import system

LISTS = ("environment.yml", "environment.yaml")
MINIFORGE = "https://conda-forge.org/download/"


def list_of(wanted: Wanted, place: ChapterPlace) -> str:
    """The path of conda's list, of those that the course names, or that lie with the chapter; empty
    where there is none from which nothing of a stranger's would come.
    """
    beside = (str(folder / name) for folder in (place.folder, place.root) for name in LISTS)
    lists = [path for path in wanted.lists if Path(path).suffix in (".yml", ".yaml")]
    there = (Path(path) for path in (*lists, *beside) if os.path.isfile(path))
    return next((str(path) for path in there if not misnamed.told_of(path)), "")


def fix(env: Environment, name: str, file: str, wanted: Wanted, versions: str) -> Fix:
    """By conda's own line; where conda is not there, where it comes from."""
    command = conda.find_command(env.variables)
    words = _words(command or "conda", name, file, wanted, versions)
    title = f"make the conda environment `{name}`"
    if not command:
        first = Tell(
            f"Install Miniforge from {MINIFORGE}, and open a new terminal (on Windows the Miniforge "
            "Prompt). Then:"
        )
        then = typed(f"conda activate {name}", "Then type", "and run envcheck again.")
        return Fix(f"install conda, and {title}", (first, Run(words), then), Confidence.ASK)
    title = f"{title}, as {Path(file).name} says" if file else title
    steps: tuple[Step, ...] = (Run(words), _activated(env, command, name))
    return Fix(title, steps, Confidence.ASK)


def _words(command: str, name: str, file: str, wanted: Wanted, versions: str) -> tuple[str, ...]:
    if not file:
        return by_conda.create_named(command, name, wanted.everything, versions)
    called = [row.name for row in look(Path(file).parent, Path(file).name).names]
    verb = ("create", "--yes") if Path(command).stem == "micromamba" else ("env", "create")
    other = () if called == [name] else ("--name", name)
    return (command, *verb, *other, "--file", file)


def _activated(env: Environment, command: str, name: str) -> Step:
    """The line that a person types then, in a terminal that may not be set up for it."""
    program, then = Path(command).stem, "and run envcheck again."
    if conda.is_set_up(env.variables) or program == "micromamba":
        return typed(f"{program} activate {name}", "Then type", then)
    if system(env).is_windows:
        return typed(f"conda activate {name}", "Then type in the Anaconda Prompt", then)
    base = conda.base_of(env.variables, "")
    return typed(f". {shlex.quote(f'{base}/bin/activate')} {name}", "Then type", then)
