"""Variables of the learner's terminal that change Python: PYTHONHOME, PYTHONPATH, LD_LIBRARY_PATH and their kind."""

from __future__ import annotations

import re
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, UnsetEnv, fail, warn
from envcheck.process import Finished
from envcheck.python import Interpreter, Unusable

STARTUP = re.compile(r"init_fs_encoding|No module named 'encodings'|init_import_site|platform (in)?dependent libraries", re.IGNORECASE)
LINKER = re.compile(r"GLIBC|GLIBCXX|CXXABI|libstdc\+\+|cannot open shared object|symbol lookup error|wrong ELF|undefined symbol", re.IGNORECASE)


def unset(name: str) -> Fix:
    return Fix(f"take {name} out of your terminal's variables", (UnsetEnv(name),))


def home_leak(env: Environment, dead: Unusable) -> Diagnosis | None:
    """PYTHONHOME sends any Python to another Python's standard library."""
    home = env.variables.get("PYTHONHOME")
    if not home or not _is_better_without(env, dead, "PYTHONHOME"):
        return None
    return fail(
        "pythonhome-set",
        "PYTHONHOME is set: it sends this Python to another place for its standard library, and Python cannot start",
        unset("PYTHONHOME"),
        found=f"PYTHONHOME={home}",
        wanted="PYTHONHOME not set",
        looked_in="the variables of this terminal",
        note=dead.finished.last_words.splitlines()[-1] if dead.finished.last_words else "",
    )


def library_path(env: Environment, finished: Finished) -> Diagnosis | None:
    """LD_LIBRARY_PATH puts other C libraries before the ones that a program was built for."""
    value = env.variables.get("LD_LIBRARY_PATH") or env.variables.get("LD_PRELOAD")
    name = "LD_LIBRARY_PATH" if env.variables.get("LD_LIBRARY_PATH") else "LD_PRELOAD"
    if not value or not LINKER.search(finished.stderr + finished.stdout):
        return None
    return fail(
        "library-path-leak",
        f"{name} is set and puts other C libraries before the ones that this Python needs",
        unset(name),
        found=f"{name}={value}",
        wanted=f"{name} not set",
        looked_in="the variables of this terminal",
        note=finished.last_words.splitlines()[-1] if finished.last_words else "",
    )


def warnings(env: Environment, found: Interpreter) -> list[Diagnosis]:
    """What is set and can be seen to change this Python, though it still runs."""
    said = []
    home = env.variables.get("PYTHONHOME")
    if home:
        said.append(
            warn(
                "pythonhome-set",
                "PYTHONHOME is set: every Python that is started from this terminal takes its standard library from there",
                unset("PYTHONHOME"),
                found=f"PYTHONHOME={home}",
                wanted="PYTHONHOME not set",
                looked_in="the variables of this terminal",
            )
        )
    foreign = foreign_python_path(env, found)
    if foreign:
        said.append(
            warn(
                "pythonpath-foreign",
                "PYTHONPATH leads this Python to the packages of another Python",
                unset("PYTHONPATH"),
                found=f"PYTHONPATH has {foreign}",
                wanted="PYTHONPATH not set, or with folders of your own code only",
                looked_in="the variables of this terminal",
            )
        )
    return said


def foreign_python_path(env: Environment, found: Interpreter) -> str:
    """The first entry of PYTHONPATH that holds another Python's packages or standard library."""
    for entry in env.variables.get("PYTHONPATH", "").replace(";", ":" if ":" not in env.variables.get("PYTHONPATH", "") else ";").split(":"):
        marks = ("site-packages", "dist-packages", "os.py")
        inside = Path(entry).name in marks[:2] or (bool(entry) and Path(entry, "os.py").is_file())
        if entry and inside and not found.owns(entry) and not entry.startswith(found.base_prefix):
            return entry
    return ""


def _is_better_without(env: Environment, dead: Unusable, name: str) -> bool:
    """Ask the same Python again without the variable: the fact that makes it the cause."""
    again = env.run([*dead.command, "-c", "print(42)"], timeout=10, variables={name: None})
    return again.ok and again.stdout.strip() == "42"
