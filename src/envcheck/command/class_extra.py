"""What a class with a server needs beside envcheck itself, and the lines that install it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from envcheck.command import started
from envcheck.errors import UsageProblem
from envcheck.target import shells

SCRIPT = "run-envcheck.py"
PLACE = "class-server"  # an environment in the folder of whoever opens the class
LAUNCHED_BY = "ENVCHECK_LAUNCHED_BY"  # set by run-envcheck.py: the Python that was typed


def require(variables: Mapping[str, str]) -> None:
    """Raises UsageProblem where the packages of a class with a server are missing."""
    try:
        import envcheck_class.store.migrate
        import envcheck_class.web  # noqa: F401
    except ModuleNotFoundError as missing:
        has_pip = importlib.util.find_spec("pip") is not None
        words = started.program(variables, sys.argv, sys.orig_argv)
        raise UsageProblem(
            f"a class with a server needs the package {missing.name}, which is not installed here. Type:\n"
            + "\n".join(f"    {line}" for line in lines(words, variables, has_pip))
        ) from None


def lines(words: Sequence[str], variables: Mapping[str, str], has_pip: bool) -> list[str]:
    """Into the environment that runs envcheck, where pip is in it; else into one that is made, since
    run-envcheck.py and uv make theirs anew. `words` are what the learner types for envcheck.
    """
    script = next((Path(word) for word in reversed(words) if Path(word).name == SCRIPT), None)
    shell = shells.learners(variables)
    if has_pip and script is None:
        install = [sys.executable, "-m", "pip", "install", f"{started.DISTRIBUTION}[class]"]
        return [shells.command(install, shell)]
    own = Path(PLACE, Path(sys.executable).parent.name)  # `bin`, or `Scripts`: ours is one as well
    python = variables.get(LAUNCHED_BY) or sys.executable
    install = [str(own / "python"), "-m", "pip", "install", f"{_source(script)}[class]"]
    typed = (
        [python, "-m", "venv", PLACE],
        install,
        [str(own / "envcheck"), "class", "demo"],
    )
    return [shells.command(line, shell) for line in typed]


def _source(script: Path | None) -> str:
    """What pip installs envcheck from: the clone of the script, the wheel beside it, or the index."""
    if script is None:
        return started.DISTRIBUTION
    folder = script.parent
    if os.path.isfile(folder / "pyproject.toml") and os.path.isdir(folder / "launcher"):
        return _as_path(folder)
    wheels = sorted(folder.glob("envcheck_course-*.whl"))
    return _as_path(wheels[-1]) if wheels else started.DISTRIBUTION


def _as_path(place: Path) -> str:
    """A name alone would be that of a distribution of the index."""
    return str(place) if place.is_absolute() else f".{os.sep}{place}"
