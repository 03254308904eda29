"""A Python that gave no answer, or is too old: what stands behind it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Run, fail
from envcheck.advice import tell, use
from envcheck.process import how_it_ended
from envcheck.python import Interpreter, Trouble, Unusable, question
from envcheck.systems import get_python
from envcheck.versions import allows
from envcheck_checks.causes import conda, limits, macos, settings, start_files
from envcheck_checks.trials import Change, culprit, own_variables, variables_of

STUB = re.compile(r"Microsoft Store|App execution alias|App Execution Aliases", re.IGNORECASE)
SHIM = re.compile(r"pyenv: .*(command not found|version .* is not installed)", re.IGNORECASE)


def diagnose(env: Environment, dead: Unusable, versions: str) -> Diagnosis:
    """Why this command is not a Python that can be used, and which one to use instead."""
    command = dead.command[0]
    if env.located.trouble:
        return conda.not_on_path(env, versions) or _nothing(env, versions)
    if dead.trouble is Trouble.MISSING:
        return _missing(env, command, versions)
    if dead.trouble is Trouble.NOT_ALLOWED:
        return _not_allowed(env, command, versions)
    stub = limits.diagnose() or _stub(env, dead, versions)
    known = stub or _setting(env, dead) or start_files.diagnose(env, dead, lambda: _instead(env, versions))
    return known or (_hangs if dead.trouble is Trouble.HANGS else _other)(env, dead, versions)


def _nothing(env: Environment, versions: str) -> Diagnosis:
    said = env.located.trouble
    return fail("python-not-found", said, *_instead(env, versions), wanted=f"Python {versions}", looked_in="this machine")


def _stub(env: Environment, dead: Unusable, versions: str) -> Diagnosis | None:
    """A program that only stands in for a Python: the Store's alias, pyenv's shim."""
    said = dead.finished.stderr + dead.finished.stdout
    if stub := macos.without_tools(env, dead.command[0], lambda: _instead(env, versions)):
        return stub
    if STUB.search(said):
        return conda.not_on_path(env, versions) or fail(
            "python-store-stub",
            "the command `python` is only a Microsoft Store alias here: no Python is behind it",
            *_instead(env, versions),
            found=dead.finished.last_words,
            wanted="a real Python",
            looked_in=dead.command[0],
            note="Windows puts this alias on PATH; Settings > Manage App Execution Aliases switches it off",
        )
    if SHIM.search(said):
        return fail(
            "python-dead-shim",
            "`python` is a pyenv shim here, and the Python version it stands for is not installed",
            *_instead(env, versions),
            found=dead.finished.last_words,
            looked_in=dead.command[0],
        )
    return None


def _setting(env: Environment, dead: Unusable) -> Diagnosis | None:
    """The one variable of the terminal without which this Python starts."""

    def works(changes: Sequence[Change]) -> bool:
        again = env.run([*dead.command, "-c", "print(42)"], timeout=10, variables=variables_of(changes))
        return again.ok and again.stdout.strip().endswith("42")

    found = culprit(own_variables(env, harmless=()), works)  # a value that Python does not know ends it as well
    return settings.variable(env, found.name, "Python cannot start", dead.finished.last_words) if found is not None else None


def _hangs(env: Environment, dead: Unusable, versions: str) -> Diagnosis:
    return fail(
        "python-hangs",
        "this Python starts and then gives no answer",
        *_instead(env, versions),
        found=f"no answer within {dead.finished.seconds:.0f} s",
        looked_in=dead.command[0],
        note="a start-up file (sitecustomize.py, usercustomize.py or a .pth file) that waits for something does this",
    )


def too_old(env: Environment, version: str, path: str, versions: str) -> Diagnosis:
    old_two = version.startswith("2.")
    return fail(
        "python-too-old",
        f"this Python is version {version}{', Python 2,' if old_two else ''} and too old for the course",
        *_instead(env, versions),
        found=version,
        wanted=f"Python {versions.replace('>=', '')} or newer",
        looked_in=path,
        note="`python` still means Python 2 on this machine; `python3` is the usual name of the new one" if old_two else "",
    )


def lost_settings(found: Interpreter) -> Diagnosis | None:
    """An environment without its pyvenv.cfg: its Python takes itself for the one that it was made from."""
    place = Path(found.executable).parent.parent
    packages = next(place.glob("lib/python3*/site-packages"), None)
    if packages is None or found.is_at(str(place)) or not (place / "bin" / "activate").is_file() or (place / "pyvenv.cfg").exists():
        return None
    base = os.path.realpath(found.executable)
    return fail(
        "python-environment-broken",
        "this environment has lost its file pyvenv.cfg: its Python does not see the packages that are in it",
        Fix("write that file anew", (Run((base, "-m", "venv", "--without-pip", str(place))),)),
        found=f"sys.prefix is {found.prefix}",
        wanted=str(place),
        looked_in=str(place / "pyvenv.cfg"),
    )


def _missing(env: Environment, command: str, versions: str) -> Diagnosis:
    link = Path(command)
    if link.is_symlink():
        return fail(
            "python-environment-broken",
            "the Python of this environment is a link to a Python that is no longer there",
            *_instead(env, versions),
            found=f"{command} -> {link.readlink()}",
            wanted="an installed Python",
            looked_in=command,
            note="this happens when the Python that the environment was made from is upgraded or removed",
        )
    return fail(
        "python-not-found", f"there is no program at {command}", *_instead(env, versions), found="nothing", looked_in=command
    )


def _not_allowed(env: Environment, command: str, versions: str) -> Diagnosis:
    return fail(
        "python-not-executable",
        "this Python may not be started: permission denied",
        *_instead(env, versions),
        found="permission denied",
        looked_in=command,
        note="the file is not executable, or lies on a disk that allows no programs (noexec)",
    )


def _other(env: Environment, dead: Unusable, versions: str) -> Diagnosis:
    if dead.trouble is Trouble.NOT_PYTHON:
        return fail(
            "python-not-python",
            "the program that was named is not a Python: it ran, and did not do what a Python does",
            *_instead(env, versions),
            found=dead.finished.last_words or "it printed nothing",
            looked_in=dead.command[0],
        )
    ended = how_it_ended(dead.finished.code)
    return fail(
        "python-does-not-start",
        "this Python ends as soon as it is started",
        *_instead(env, versions),
        found=f"{ended}: {dead.finished.last_words}" if dead.finished.last_words else ended,
        looked_in=dead.command[0],
    )


def _instead(env: Environment, versions: str) -> tuple[Fix, ...]:
    """Another Python of this machine that does run and is new enough, or where to get one."""
    other = _usable(env, versions)
    if other is not None:
        title = f"use the Python {other.version} that is also on this machine"
        return (Fix(title, (use(other),)),)
    line = get_python()
    way = f" or with: {line}" if line else ""
    return (tell("install a Python", f"Install Python from https://www.python.org/downloads/{way}", "Then run envcheck again."),)


def _usable(env: Environment, versions: str) -> Interpreter | None:
    """The first Python on PATH that answers, is new enough, and is not the one in question."""
    seen = {str(Path(env.located.command[0]).absolute())}
    for folder in env.variables.get("PATH", "").split(":" if sys.platform != "win32" else ";"):
        for name in ("python3", "python", "py"):
            found = shutil.which(name, path=folder) if folder else None
            if found is None or found in seen or len(seen) > 6:
                continue
            seen.add(found)
            answer = question(env, (found,))
            if isinstance(answer, Interpreter) and allows(versions, answer.version):
                return answer
    return None
