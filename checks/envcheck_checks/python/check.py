"""The learner's Python itself: it runs, it is new enough, 64-bit, with a whole standard library."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Check, Cost, Diagnosis, Environment, Fine, Outcome, fail, ok, warn
from envcheck.fixes.advice import activation, tell
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter, Unusable, target
from envcheck.target.systems import get_headers
from envcheck.versions import allows
from envcheck_checks.interference import settings, variables
from envcheck_checks.python import does_not_run, locale, macos, powershell, start_files, vscode
from envcheck_checks.python.codes import (
    ENVIRONMENT_NOT_ACTIVE,
    PYTHON_32_BIT,
    PYTHON_OPTIONAL_GAP,
    PYTHON_STANDARD_LIBRARY_GAP,
)
from envcheck_checks.python.replacement import Wanted

# Which missing part stops what: pip and every https address, Jupyter's sessions, numpy and zmq, wheels.
NEEDED = {
    "_ssl": "pip cannot download without it",
    "_sqlite3": "Jupyter keeps its sessions in an SQLite database",
    "_ctypes": "numpy and Jupyter load it",
    "zlib": "packages are unpacked with it",
    "pyexpat": "pip and matplotlib read XML with it",
    "_socket": "Jupyter talks through it",
    "_hashlib": "Jupyter signs its messages with it",
    "select": "Jupyter waits with it",
    "unicodedata": "text is normalised with it",
    **dict.fromkeys(
        ("asyncio", "http", "sqlite3", "ssl", "ctypes", "xml", "zipfile"),
        "Jupyter and pip are built on it",
    ),
}
WANTED = {"_bz2": "pandas reads .bz2 files with it", "_lzma": "pandas reads .xz files with it"}


def python(versions: str = ">=3.10", requirements: Sequence[str] = ()) -> Check:
    """The target runs, is of one of these versions (a PEP 440 specifier), 64-bit, and whole.

    `requirements` fill the environment that is offered where it is none of that, and another Python is there.
    """
    wanted = Wanted(versions, tuple(requirements))

    def examine(env: Environment) -> Outcome:
        found = target(env)
        if isinstance(found, Unusable):
            return does_not_run.diagnose(env, found, wanted)
        lost = (
            settings.takes_itself_for_another(env, found)
            or start_files.takes_packages_away(env)
            or does_not_run.lost_settings(found)
        )
        return (
            _too_old(env, found, wanted)
            or _32_bit(found)
            or _gap(found)
            or lost
            or _fine(env, found)
        )

    return Check(
        id="python",
        title="Python",
        cost=Cost(0.1, 20),
        examine=examine,
        timeout=45,
        proves="the learner's Python starts, is new enough and 64-bit, and its standard library loads",
        slow_because="the first start of a Python reads many files",
    )


def _too_old(env: Environment, found: Interpreter, wanted: Wanted) -> Diagnosis | None:
    if allows(wanted.versions, found.version):
        return None
    return does_not_run.too_old(env, found.version, found.executable, wanted)


def _32_bit(found: Interpreter) -> Diagnosis | None:
    if found.bits == 64:
        return None
    return fail(
        PYTHON_32_BIT,
        "this Python is a 32-bit one, and the chapter's packages come for 64-bit Pythons only",
        tell(
            "install a 64-bit Python",
            "Install the 64-bit Python from https://www.python.org/downloads/ and make the course's environment with it.",
        ),
        found=f"{found.version}, {found.bits}-bit",
        wanted="a 64-bit Python",
        looked_in=found.executable,
    )


def _gap(found: Interpreter) -> Diagnosis | None:
    missing = [name for name in NEEDED if name in found.gaps]
    if not missing:
        return None
    return fail(
        PYTHON_STANDARD_LIBRARY_GAP,
        f"this Python was built without {listed([name.lstrip('_') for name in missing])}: {NEEDED[missing[0]]}",
        tell(
            "use a Python that is whole",
            "Install Python from https://www.python.org/downloads/ or your system's packages, and make the course's environment with it.",
            _again(found, missing),
        ),
        found="; ".join(f"{name}: {found.gaps[name]}" for name in missing)[:400],
        wanted="a Python with its whole standard library",
        looked_in=found.executable,
    )


def _again(found: Interpreter, missing: list[str]) -> str:
    """How pyenv builds the same Python with its missing parts: what it is built from comes first."""
    line = get_headers(missing)
    first = f"`{line}` first, then " if line else ""
    return f"With pyenv: {first}`pyenv install --force {found.version}`."


def _fine(env: Environment, found: Interpreter) -> Fine:
    warnings = [
        *variables.warnings(env, found),
        *locale.warnings(env),
        *vscode.warnings(env, found),
        *macos.no_plain_python(env, found),
    ]
    wanted = [name for name in WANTED if name in found.gaps]
    if wanted:
        warnings.append(
            warn(
                PYTHON_OPTIONAL_GAP,
                f"this Python was built without {listed([name.lstrip('_') for name in wanted])}: {WANTED[wanted[0]]}",
                tell(
                    "use a Python that is whole",
                    "It matters only for such files. A Python from python.org or your system's packages has it.",
                    _again(found, wanted),
                ),
                found="; ".join(found.gaps[name] for name in wanted)[:300],
                looked_in=found.executable,
            )
        )
    if env.located.inactive:
        warnings.append(powershell.no_activation(env, env.located.inactive) or _inactive(env))
    return ok(f"{found.version}, 64-bit, standard library whole", *warnings)


def _inactive(env: Environment) -> Diagnosis:
    place = env.located.inactive
    return warn(
        ENVIRONMENT_NOT_ACTIVE,
        "the course's environment was found and used, and is not active in this terminal: what you type next meets another Python",
        tell("activate the environment", activation(env, place)),
        found=env.variables.get("VIRTUAL_ENV") or "no active environment",
        wanted=place,
        looked_in="VIRTUAL_ENV and CONDA_PREFIX",
    )
