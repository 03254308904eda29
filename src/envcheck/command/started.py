"""How the learner started envcheck: the words that start it once more, from the same folder."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import envcheck

STARTED_AS = "ENVCHECK_COMMAND"  # set by run-envcheck.py and by our launchers
DISTRIBUTION = "envcheck-course"
UV_CACHE = "archive-v0"  # the folder of uv's cache in which uvx makes its environments


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
        _by_runner(words, prefix)
        or _by_launcher(variables)
        or _by_module(words, original)
        or ("envcheck",)
    )


def _by_runner(words: Sequence[str], prefix: str) -> tuple[str, ...]:
    """What was typed before `envcheck` where a runner made or chose its environment: in the
    learner's terminal that environment has no name.
    """
    parts = Path(prefix).parts
    if "uv =" in _text(Path(prefix, "pyvenv.cfg")):
        typed = _of_parent(words)
        if typed or UV_CACHE not in parts:
            return typed
        return ("uvx", "--from", DISTRIBUTION, "envcheck")
    if "pipx" in parts and ".cache" in parts:
        return ("pipx", "run", "--spec", _pipx_source(Path(prefix)), "envcheck")
    return ()


def _of_parent(words: Sequence[str]) -> tuple[str, ...]:
    """The words of the uv that waits for us, up to ours; empty where there is none."""
    import psutil

    try:
        typed = psutil.Process(os.getppid()).cmdline()
    except (psutil.Error, OSError):
        return ()
    start, end = typed[: len(typed) - len(words)], typed[len(typed) - len(words) :]
    if end != [*words] or not start or _name(start[0]) not in ("uv", "uvx"):
        return ()
    if _name(start[-1]) != "envcheck":
        return ()
    if start[1:3] == ["tool", "uvx"]:
        return ("uvx", *start[3:])
    return (_name(start[0]), *start[1:])


def _pipx_source(prefix: Path) -> str:
    """What pipx was told to run: a distribution, a folder, an address."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        found = json.loads(_text(prefix / "pipx_metadata.json"))["main_package"]
        return str(found["package_or_url"] or DISTRIBUTION)
    return DISTRIBUTION


def _by_launcher(variables: Mapping[str, str]) -> tuple[str, ...]:
    """What run-envcheck.py says that was typed, or the launcher's own path: its bare name where
    that leads to it.
    """
    said = variables.get(STARTED_AS, "")
    if said.startswith("["):
        with contextlib.suppress(ValueError):
            return tuple(map(str, json.loads(said)))
    if not said:
        return ()
    found = shutil.which("envcheck", path=variables.get("PATH"))
    by_name = said == "envcheck" or (found and _same(found, said))
    return ("envcheck",) if by_name else (said,)


def _by_module(words: Sequence[str], original: Sequence[str]) -> tuple[str, ...]:
    """`python -m envcheck`, with the Python and its options as they were typed."""
    start = [*original[: len(original) - len(words)]]
    return tuple(start) if start[-2:] == ["-m", envcheck.__name__] else ()


def _same(path: str, other: str) -> bool:
    return Path(path).absolute() == Path(other).absolute()


def _name(path: str) -> str:
    return Path(path).name.removesuffix(".exe").removesuffix(".cmd")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
