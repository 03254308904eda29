"""Parts of the standard library that this Python was built without."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, Tell, fail, warn
from envcheck.fixes.advice import tell, typed
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter
from envcheck.target.systems import get_headers
from envcheck_checks.interference import hidden
from envcheck_checks.python import certificates, no_https
from envcheck_checks.python.codes import PYTHON_OPTIONAL_GAP, PYTHON_STANDARD_LIBRARY_GAP

# Which missing part stops what: pip and every https address, Jupyter's sessions, numpy and zmq,
# wheels.
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


def of_its_own_or_anothers(env: Environment, python: Interpreter) -> Diagnosis | None:
    """A part is absent from this Python's library, or from the one to which a variable sends it."""
    gap = find_gap(python)
    if gap is None:
        return None
    what = "parts of the standard library do not load"
    return hidden.by_variable(env, python, what, lambda own: find_gap(own) is None) or gap


def find_gap(python: Interpreter) -> Diagnosis | None:
    """A part is absent that the chapter cannot do without."""
    missing = [name for name in NEEDED if name in python.gaps]
    if not missing:
        return None
    return fail(
        PYTHON_STANDARD_LIBRARY_GAP,
        f"this Python was built without {listed([name.lstrip('_') for name in missing])}: {NEEDED[missing[0]]}",
        tell(
            "use a Python that is whole",
            "Install Python from https://www.python.org/downloads/ or your system's packages, and make the course's environment with it, in a new terminal.",
            *_again(python, missing),
        ),
        found="; ".join(f"{name}: {python.gaps[name]}" for name in missing)[:400],
        wanted="a Python with its whole standard library",
        looked_in=python.executable,
    )


def _again(python: Interpreter, missing: list[str]) -> list[Tell]:
    """How pyenv builds the same Python with its missing parts: what it is built from
    comes first.
    """
    line = get_headers(missing)
    first = [typed(line, "With pyenv, first:")] if line else []
    lead = "Then:" if first else "With pyenv:"
    return [*first, typed(f"pyenv install --force {python.version}", lead)]


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """What this Python lacks and most lessons do not need."""
    return [
        *no_https.warnings(env),
        *certificates.warnings(env, python),
        *warn_of_optional_gaps(python),
    ]


def warn_of_optional_gaps(python: Interpreter) -> list[Diagnosis]:
    """Parts that only some files need."""
    absent = [name for name in WANTED if name in python.gaps]
    if not absent:
        return []
    return [
        warn(
            PYTHON_OPTIONAL_GAP,
            f"this Python was built without {listed([name.lstrip('_') for name in absent])}: {WANTED[absent[0]]}",
            tell(
                "use a Python that is whole",
                "It matters only for such files. A Python from python.org or your system's packages has it.",
                *_again(python, absent),
            ),
            found="; ".join(python.gaps[name] for name in absent)[:300],
            looked_in=python.executable,
        )
    ]
