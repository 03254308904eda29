"""Two copies of one OpenMP runtime in an environment: the second that is loaded ends the process
(OMP: Error #15).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, fail, places
from envcheck.fixes.advice import new_environment, tell
from envcheck.foreign_file import matching
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.shadowing import CHAPTERS
from envcheck_checks.interference.trials import Removed, SettingKind, find_cause_by_removal
from envcheck_checks.machine.system import system
from envcheck_checks.packages.codes import OPENMP_TWICE

RUNTIME = re.compile(
    r"lib(?:iomp5(?:md)?|omp(?:140)?)(?:[.-][\w.-]+)?\.(?:dll|dylib|so)", re.IGNORECASE
)
BRING_NONE = ("lightgbm", "xgboost")  # their pages: `brew install libomp`
SWITCH = "KMP_DUPLICATE_LIB_OK"
ALLOWED = Removed(SettingKind.VARIABLE, SWITCH, {SWITCH: "TRUE"})


def find_two_runtimes(env: Environment, failure: Failure) -> Diagnosis | None:
    """A process died. There are two copies, and when the runtime is told to allow that, the same
    thing works.
    """
    python = interpreter(env)
    if not failure.died or failure.retry is None or env.variables.get(SWITCH):
        return None
    files = copies(python, _of_homebrew(env, python))
    if len(files) < 2 or find_cause_by_removal([ALLOWED], failure.retry.works) is None:
        return None
    wanted = [
        name
        for name in ("notebook", "jupyterlab", "ipykernel", *CHAPTERS)
        if name in python.installed
    ]
    return fail(
        OPENMP_TWICE,
        "the kernel dies since this environment holds two copies of the OpenMP library (OMP: Error #15), from two sources of packages",
        replace(new_environment(env, python, wanted), confidence=Confidence.LIKELY),
        tell(
            "until then",
            f"Set the variable {SWITCH} to TRUE. It keeps the process alive; numbers may then be wrong, so do it for a lesson only.",
        ),
        found=", ".join(files[:2]),
        wanted="one copy, as in an environment with packages of one source",
        looked_in=python.prefix,
    )


def copies(python: Interpreter, elsewhere: Sequence[Path] = ()) -> list[str]:
    """The files of the runtime, each once under whatever names. `elsewhere` are folders outside that
    its packages load from.
    """
    return sorted({places.key(path): str(path) for path in _files(python, elsewhere)}.values())


def _of_homebrew(env: Environment, python: Interpreter) -> list[Path]:
    """On a Mac the wheels of some packages have none, and load Homebrew's."""
    if not system(env).is_macos or not any(name in python.installed for name in BRING_NONE):
        return []
    return [system(env).at(f"{brew}/opt/libomp/lib") for brew in ("/opt/homebrew", "/usr/local")]


def _files(python: Interpreter, elsewhere: Sequence[Path]) -> Iterator[Path]:
    prefix = Path(python.prefix)
    shared = [prefix / "Library" / "bin", prefix / "lib", *elsewhere]
    packages = {Path(place) for name in ("purelib", "platlib") if (place := python.paths.get(name))}
    for folder, deep in [
        *((place, False) for place in shared),
        *((place, True) for place in packages),
    ]:
        paths = matching(folder, "**/lib*omp*" if deep else "lib*omp*")
        yield from (path for path in paths if RUNTIME.fullmatch(path.name))
