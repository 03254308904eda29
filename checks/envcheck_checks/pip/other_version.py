"""The Python below an environment was exchanged for another version: Homebrew, pyenv or the system was
upgraded, or the link was changed. What was installed lies where the new one does not look.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.digits import whole_number
from envcheck.fixes.advice import install
from envcheck.foreign_file import matching
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter
from envcheck_checks.installed import missing
from envcheck_checks.pip.codes import ENVIRONMENT_OF_OTHER_VERSION
from envcheck_checks.pip.put_pip_there import put_pip_there
from envcheck_checks.stack import Stack


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, names: list[str]
) -> Diagnosis | None:
    """`names` are missing, and lie in this environment in the folder of another version."""
    if not python.is_environment:
        return None
    own = Path(python.paths.get("purelib", python.prefix))
    beside = next((place for place in _others(python, own) if _has(place, stack)), None)
    if beside is None:
        return None
    before, now = beside.parent.name.removeprefix("python"), python.version.rpartition(".")[0]
    absent = missing.names(python, stack)
    return fail(
        ENVIRONMENT_OF_OTHER_VERSION,
        f"this environment was made for Python {before}, and its Python is {now} now: {listed(names)} cannot be found",
        install(env, python, absent)
        if "pip" in python.installed
        else put_pip_there(env, python, absent),
        found=f"packages in {beside}",
        wanted=f"packages in {own}",
        looked_in=python.executable,
        note="a package is made for one version of Python, so all of them are installed once more",
    )


def _others(python: Interpreter, own: Path) -> list[Path]:
    """The folders of packages of other versions, newest first."""
    places = matching(python.prefix, "lib/python3*/site-packages")
    return sorted((place for place in places if place != own), key=_version, reverse=True)


def _version(place: Path) -> tuple[int, ...]:
    return tuple(whole_number(part) or 0 for part in place.parent.name[6:].split("."))


def _has(place: Path, stack: Stack) -> bool:
    return any(
        any(matching(place, f"{name}-*.dist-info")) for name in (stack.kernel, *stack.launchers)
    )
