"""Windows' limit of 259 characters for a path: what pip writes, or has written, does not fit under
a long folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PureWindowsPath

from envcheck import Confidence, Diagnosis, Environment, Fix, fail
from envcheck.fixes import standing
from envcheck.fixes.advice import new_environment, tell, typed
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter
from envcheck_checks.machine.codes import WINDOWS_PATHS_TOO_LONG
from envcheck_checks.machine.system import LONG_PATHS, system
from envcheck_checks.stack import Stack

LIMIT = 259
# The longest path below site-packages that pip writes, by what is missing: jupyterlab's, jedi's
# (for the kernel), pandas's.
LONGEST = (("notebook", 137), ("jupyterlab", 137), ("ipykernel", 116))
LONGEST_OF_OTHERS = 80
SWITCH = (
    "New-ItemProperty -Path HKLM:\\SYSTEM\\CurrentControlSet\\Control\\FileSystem -Name LongPathsEnabled -Value 1 "
    "-PropertyType DWORD -Force"
)


def are_limited(env: Environment) -> bool:
    """Whether this is a Windows that refuses long paths, as it comes."""
    return system(env).is_windows and system(env).value(LONG_PATHS) != "1"


def no_room_for_packages(
    env: Environment, stack: Stack, python: Interpreter, absent: list[str], names: list[str]
) -> Diagnosis | None:
    """What is missing cannot be installed where this Python installs."""
    if not are_limited(env):
        return None
    place = _place(python)
    longest = max(
        (
            length
            for name, length in LONGEST
            if any(requirement.startswith(name) for requirement in absent)
        ),
        default=LONGEST_OF_OTHERS,
    )
    if not place or len(place) + 1 + longest <= LIMIT:
        return None
    short = standing.look(env, python).place / "Lib" / "site-packages"
    fits = not python.is_environment and len(str(short)) + 1 + LONGEST[0][1] <= LIMIT
    return _too_long(
        f"{listed(names)} cannot be installed: the path of this Python's packages is so long that Windows refuses files in it",
        place,
        longest,
        *(
            (replace(new_environment(env, python, stack.everything), confidence=Confidence.LIKELY),)
            if fits
            else ()
        ),
    )


def diagnose_refused_file(env: Environment, file: str, package: str) -> Diagnosis | None:
    """A file of a package is not there, and its path is longer than this Windows allows."""
    if not are_limited(env) or len(file) <= LIMIT:
        return None
    return _too_long(
        f"{package} is installed incompletely: Windows refused a file with a path of {len(file)} characters",
        file,
        0,
    )


def _place(python: Interpreter) -> str:
    """Where pip installs: the Store's Python may not be written to, and its packages go to a long
    folder of the user's.
    """
    of_store = (
        "WindowsApps" in PureWindowsPath(python.base_prefix).parts and not python.is_environment
    )
    return (python.user_site if of_store else python.paths.get("purelib")) or ""


def _too_long(summary: str, place: str, more: int, *fixes: Fix) -> Diagnosis:
    return fail(
        WINDOWS_PATHS_TOO_LONG,
        summary,
        *fixes,
        tell(
            "use a short folder, or allow long paths",
            typed("py -m venv C:\\py\\course", "Make the course's environment in a short folder:"),
            typed(
                SWITCH,
                "Or start PowerShell with `Run as administrator`, type this, and restart the computer:",
            ),
        ),
        found=f"{len(place)} characters"
        + (f", and names of up to {more} below it" if more else ""),
        wanted=f"{LIMIT} characters at most, or long paths switched on",
        looked_in=place,
    )
