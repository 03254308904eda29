"""pywin32, through which Jupyter asks Windows for rights and processes: installed, and not all of
it there.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, fail
from envcheck.fixes.advice import install
from envcheck.target.interpreter import Distribution, interpreter
from envcheck_checks.installed.codes import PYWIN32_INCOMPLETE
from envcheck_checks.machine.system import system, variable


def incomplete(env: Environment, what: str) -> Diagnosis | None:
    """`what` cannot be done. The library that all its parts load is not in any place where they
    look, or nothing tells Python of the folder in which pip puts it.
    """
    python = interpreter(env)
    distribution = python.installed.get("pywin32")
    if not system(env).is_windows or distribution is None:
        return None
    library = f"pywintypes{''.join(map(str, python.version_info))}.dll"
    own = Path(distribution.folder, "pywin32_system32", library)
    elsewhere = [
        Path(python.prefix, library),
        Path(python.prefix, "Library", "bin", library),
        Path(distribution.folder, "win32", library),
        Path(distribution.folder, "win32", "lib", library),
    ]
    if any(os.path.exists(place) for place in elsewhere):
        return None
    pointer = Path(distribution.folder, "pywin32.pth")
    # An administrator's pywin32 put its library there, for every Python of that version.
    shared = Path(variable(env, "SystemRoot") or r"C:\Windows", "System32", library)
    absent = pointer if os.path.exists(own) or os.path.exists(shared) else own
    if os.path.exists(absent):
        return None
    return _incomplete(env, distribution, absent, what)


def _incomplete(env: Environment, distribution: Distribution, absent: Path, what: str) -> Diagnosis:
    again = [
        "--force-reinstall",
        "--no-deps",
        "--no-cache-dir",
        f"pywin32=={distribution.version}" if distribution.version else "pywin32",
    ]
    return fail(
        PYWIN32_INCOMPLETE,
        f"pywin32 is installed incompletely (DLL load failed while importing win32api): {what}",
        replace(
            install(env, interpreter(env), again, title="reinstall pywin32"),
            confidence=Confidence.LIKELY,
        ),
        found=f"no {absent.name}",
        wanted="the files that pywin32 installs",
        looked_in=str(absent),
    )
