"""How the learner started envcheck: the words that start it once more, from the same folder."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import envcheck
from envcheck import foreign_file, places
from envcheck.processes.seen import seen
from envcheck.shape import read_file, read_value
from envcheck.target import typed_path

STARTED_AS = "ENVCHECK_COMMAND"  # set by run-envcheck.py and by our launchers
IN_A_HOOK = "PRE_COMMIT"  # set by pre-commit
DISTRIBUTION = "envcheck-course"
PROGRAMS = ("envcheck", DISTRIBUTION)  # one launcher under two names
UV_CACHE = "archive-v0"  # the folder of uv's cache in which uvx makes its environments
# What runs a program in an environment that it keeps, and waits for it; `py` finds it a Python
RUNNERS = (
    "uv", "uvx", "poetry", "pdm", "pipenv", "hatch", "pixi", "rye", "conda", "mamba", "micromamba",
    "py",
)  # fmt: skip
MOST_PARENTS = 3  # conda has a shell between itself and what it runs


def program(
    variables: Mapping[str, str],
    argv: Sequence[str],
    original: Sequence[str],
    prefix: str = sys.prefix,
) -> tuple[str, ...]:
    """The words before the learner's own. `argv` and `original` are `sys.argv` and
    `sys.orig_argv`; `prefix` is the environment of envcheck itself.
    """
    words = [*argv[1:]]
    return (
        _of_parents(words)
        or _by_runner(prefix)
        or _by_manager(variables, Path(prefix))
        or _by_launcher(variables)
        or _by_module(words, original)
        or ("envcheck",)
    )


def _by_runner(prefix: str) -> tuple[str, ...]:
    """What was typed before `envcheck` where a runner has made an environment for it alone, and is
    gone.
    """
    parts = Path(prefix).parts
    if "uv =" in foreign_file.text_or_nothing(Path(prefix, "pyvenv.cfg")) and UV_CACHE in parts:
        return ("uvx", DISTRIBUTION)
    if "pipx" in parts and ".cache" in parts:
        return ("pipx", "run", *_pipx_source(Path(prefix)))
    return ()


def _by_manager(variables: Mapping[str, str], prefix: Path) -> tuple[str, ...]:
    """`poetry run` and its kind become the program that they run, so nothing tells who typed them;
    in a project's environment they start it, activated or not.
    """
    place = prefix.as_posix()
    signs = {
        "pipenv": variables.get("PIPENV_ACTIVE") == "1"
        and places.same(variables.get("VIRTUAL_ENV") or os.devnull, prefix),
        "poetry": "/pypoetry/virtualenvs/" in place or os.path.isfile(prefix.parent / "poetry.lock"),
        "hatch": "/hatch/env/" in place,
    }  # fmt: skip
    managers = (name for name, yes in signs.items() if yes)
    return next(
        ((name, "run", "envcheck") for name in managers if _is_on_path(name, variables)), ()
    )


def _is_on_path(name: str, variables: Mapping[str, str]) -> bool:
    return typed_path.which(variables, name) is not None


def _of_parents(words: Sequence[str]) -> tuple[str, ...]:
    """The words of the runner that waits for us, up to ours; empty where there is none."""
    import psutil

    def first() -> tuple[str, ...]:
        parents = psutil.Process().parents()[:MOST_PARENTS]
        return next(filter(None, (_typed(parent.cmdline(), words) for parent in parents)), ())

    return seen(first, ())


def _typed(line: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """From a process's words; a runner that is written in Python stands behind its Python."""
    start, end = line[: len(line) - len(words)], line[len(line) - len(words) :]
    if end != [*words] or not start or _without_version(_name(start[-1])) not in PROGRAMS:
        return ()
    first = next((place for place in (0, 1) if _name(start[place]) in RUNNERS), None)
    if first is None:
        return ()
    rest = start[first + 1 :]
    if rest[:2] == ["tool", "uvx"]:
        return ("uvx", *rest[2:])
    return (_reached(start[first]), *rest)


def _reached(runner: str) -> str:
    """The runner's name; its path where the name leads nowhere, as to the uv that pipx brings."""
    name = _name(runner)
    hidden = Path(runner).is_absolute() and os.path.isfile(runner) and shutil.which(name) is None
    return runner if hidden else name


def _without_version(program: str) -> str:
    """`envcheck-course@0.1.0` and `envcheck-course==0.1.0` start the same program."""
    return program.partition("@")[0].partition("==")[0]


def _pipx_source(prefix: Path) -> tuple[str, ...]:
    """What pipx was told to run, and how to install it: a distribution, a folder, an address."""
    file = prefix / "pipx_metadata.json"
    package = read_file(file, {"main_package": {"package_or_url": str}})
    source = (package and package["main_package"]["package_or_url"]) or DISTRIBUTION
    how = read_file(file, {"main_package": {"pip_args": [str]}})
    words = how["main_package"]["pip_args"] if how else []
    options = (f"--pip-args={shlex.join(words)}",) if words else ()
    spec = () if source == DISTRIBUTION else ("--spec", source)
    return (*options, *spec, DISTRIBUTION)


def _by_launcher(variables: Mapping[str, str]) -> tuple[str, ...]:
    """What run-envcheck.py says that was typed, or the launcher's own path: its bare name where
    that leads to it. A hook of pre-commit's has a PATH of its own, which no terminal has.
    """
    started_as = variables.get(STARTED_AS, "")
    if started_as.startswith("["):
        typed = read_value(started_as, [str])
        if typed is not None:
            return tuple(typed)
    if not started_as:
        return ()
    name = _name(started_as)
    launcher = typed_path.which(variables, name)
    by_name = started_as == name or (launcher and _same(launcher, started_as))
    own_path = variables.get(IN_A_HOOK) == "1"
    return (name,) if by_name and not own_path else (started_as,)


def _by_module(words: Sequence[str], original: Sequence[str]) -> tuple[str, ...]:
    """`python -m envcheck`, with the Python and its options as they were typed."""
    start = [*original[: len(original) - len(words)]]
    return tuple(start) if start[-2:] == ["-m", envcheck.__name__] else ()


def _same(path: str, other: str) -> bool:
    return Path(path).absolute() == Path(other).absolute()


def _name(path: str) -> str:
    return Path(path).name.removesuffix(".exe").removesuffix(".cmd")
