"""pip and venv of this very Python: really run, and the `pip` that the learner would type belongs to it."""

from __future__ import annotations

import re

from envcheck import Check, Diagnosis, Environment, Fix, Outcome, Run, fact, fail, ok, warn
from envcheck.advice import tell, uv_command
from envcheck.process import Finished
from envcheck.python import Interpreter, interpreter

from envcheck_checks.command import Command, on_path

VERSION_LINE = re.compile(r"^pip (?P<version>\S+) from (?P<folder>.+) \(python (?P<python>[\d.]+)\)", re.MULTILINE)


def pip(needs: tuple[Check, ...] = ()) -> Check:
    """pip runs in the target, new environments can be made from it, and `pip` on PATH is the target's."""

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        ran = pip_itself(env)
        said = VERSION_LINE.search(ran.stdout)
        if not ran.ok or said is None:
            return _no_pip(env, python, ran)
        typed = on_path(env, "pip")
        warnings = [one for one in (_of_another(python, typed), _no_venv(python)) if one is not None]
        return ok(f"pip {said['version']} belongs to this Python", *warnings)

    return Check(
        id="pip",
        title="pip and venv",
        examine=examine,
        needs=needs,
        timeout=45,
        proves="pip of this Python really runs; an environment can be made; `pip` on PATH is this Python's",
    )


@fact
def pip_itself(env: Environment) -> Finished:
    """`python -m pip --version`, really run: metadata cannot tell that pip imports."""
    return env.run([interpreter(env).executable, "-m", "pip", "--version"], timeout=30, calm=True)


def _no_pip(env: Environment, python: Interpreter, ran: Finished) -> Outcome:
    absent = "No module named pip" in ran.stderr or "pip" not in python.installed
    uv = uv_command(env)
    if absent and uv:
        return ok("no pip in this environment; uv installs into it")
    mend = Fix("put pip into this Python", (Run((python.executable, "-m", "ensurepip", "--upgrade")),))
    if absent:
        return warn(
            "pip-missing",
            "this Python has no pip: nothing can be installed into it (No module named pip)",
            *([mend] if "ensurepip" not in python.gaps else []),
            found="no pip",
            wanted="python -m pip works",
            looked_in=python.executable,
        )
    return fail(
        "pip-broken",
        "pip of this Python does not run",
        Fix("put a whole pip into this Python", (Run((python.executable, "-m", "ensurepip", "--upgrade", "--default-pip")),)),
        found=ran.last_words or f"exit code {ran.code}",
        wanted="python -m pip works",
        looked_in=python.executable,
    )


def _of_another(python: Interpreter, typed: Command | None) -> Diagnosis | None:
    if typed is None or typed.prefix is None or python.is_at(typed.prefix):
        return None
    return warn(
        "pip-of-other-python",
        "`pip` on its own belongs to a different Python here: `pip install` puts packages where this Python does not look",
        Fix("call this Python's own pip", (Run((python.executable, "-m", "pip", "--version")),)),
        found=f"{typed.path}, of {typed.prefix}",
        wanted=f"python -m pip, of {python.prefix}",
        looked_in="PATH",
    )


def _no_venv(python: Interpreter) -> Diagnosis | None:
    if python.is_environment or not {"venv", "ensurepip"} & python.gaps.keys():
        return None
    major, minor = python.version_info
    return warn(
        "venv-missing",
        "this Python cannot make environments: its venv part is not installed",
        tell("install it", f"sudo apt install python{major}.{minor}-venv"),
        found=f"no {' and no '.join(name for name in ('venv', 'ensurepip') if name in python.gaps)}",
        wanted="python -m venv works",
        looked_in=python.executable,
    )
