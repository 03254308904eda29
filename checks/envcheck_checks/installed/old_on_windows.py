"""Versions from before a change in Windows' Pythons: seen to fail, and known to be too old for this
Python or this home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from envcheck import Confidence, Diagnosis, Environment, fail
from envcheck.fixes.advice import install, tell, typed
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.installed.codes import PATH_NOT_ASCII, TORNADO_TOO_OLD
from envcheck_checks.machine.system import system

# Since Python 3.8 Windows' event loop has no add_reader. Tornado helps itself since 6.1, the others
# asked for the old loop since these versions.
TORNADO = "6.1"
ASKS_FOR_OLD_LOOP = {"ipykernel": "5.1.3", "notebook": "6.0.3"}
# The last that were reported to fail with letters outside ASCII in the home's path
# (jupyter_client#478 and its kind).
PLAIN_PATHS_ONLY = {"jupyter-client": "5.3.4", "jupyter-core": "4.6.1", "notebook": "6.0.2"}


def diagnose(env: Environment, programs: Sequence[str], what: str) -> Diagnosis | None:
    """`programs` are the distributions whose process died, `what` cannot be done."""
    if not system(env).is_windows:
        return None
    python = interpreter(env)
    old = next((name for name in programs if _is_older_loop(python, name)), None)
    return _event_loop(env, python, old, what) if old else _letters(env, python, what)


def _is_older_loop(python: Interpreter, program: str) -> bool:
    """Whether this program and its tornado both do not know the newer event loop."""
    return (
        python.version_info >= (3, 8)
        and program in ASKS_FOR_OLD_LOOP
        and _is_older(python, "tornado", TORNADO)
        and _is_older(python, program, ASKS_FOR_OLD_LOOP[program])
    )


def _event_loop(env: Environment, python: Interpreter, program: str, what: str) -> Diagnosis:
    tornado, distribution = python.installed["tornado"], python.installed[program]
    upgrade = install(
        env,
        python,
        ["--upgrade", f"tornado>={TORNADO}", program],
        title=f"bring tornado and {program} up to date",
    )
    return fail(
        TORNADO_TOO_OLD,
        f"tornado {tornado.version} and {program} {distribution.version} are older than this Python can work with on Windows (NotImplementedError): {what}",
        replace(upgrade, confidence=Confidence.LIKELY),
        found=f"tornado {tornado.version}, {program} {distribution.version}",
        wanted=f"tornado {TORNADO} or newer, for Python {python.version}",
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _letters(env: Environment, python: Interpreter, what: str) -> Diagnosis | None:
    home = env.variables.get("USERPROFILE", "")
    place = next((path for path in (home, python.prefix) if not path.isascii()), "")
    old = [name for name, fixed in PLAIN_PATHS_ONLY.items() if _is_older(python, name, fixed)]
    if not place or not old:
        return None
    return fail(
        PATH_NOT_ASCII,
        f"this path has letters that {listed(old)} of this age cannot read (UnicodeDecodeError): {what}",
        replace(install(env, python, ["--upgrade", *old]), confidence=Confidence.LIKELY),
        tell(
            "or use a plain folder",
            typed(
                "py -m venv C:\\py\\course",
                "Make the course's environment in a folder with plain letters:",
            ),
        ),
        found=", ".join(f"{name} {python.installed[name].version}" for name in old),
        wanted=", ".join(f"{name} {PLAIN_PATHS_ONLY[name]} or newer" for name in old),
        looked_in=place,
    )


def _is_older(python: Interpreter, name: str, than: str) -> bool:
    from packaging.version import Version

    distribution = python.installed.get(name)
    version = distribution.parsed_version if distribution is not None else None
    return version is not None and version < Version(than)
