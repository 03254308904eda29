"""pip and venv of this very Python: really run, and the `pip` that the learner would type belongs to it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from envcheck import (
    Check,
    Confidence,
    Cost,
    Diagnosis,
    Environment,
    Fix,
    Outcome,
    Rename,
    Run,
    fact,
    fail,
    ok,
    warn,
)
from envcheck.fixes.advice import new_environment as new_environment_fix
from envcheck.fixes.advice import tell, uv_command
from envcheck.fixes.backup import move_aside
from envcheck.processes.process import Finished
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.target.systems import family, get_venv
from envcheck_checks.commands.diagnose import scripts_on_path
from envcheck_checks.commands.facts import Command, on_path
from envcheck_checks.index.diagnose import broken_config
from envcheck_checks.index.settings import index_settings
from envcheck_checks.interference import settings
from envcheck_checks.interference.trials import (
    Removed,
    find_cause_by_removal,
    general,
    other_variables,
    variables_of,
)
from envcheck_checks.pip import cannot_install
from envcheck_checks.pip.codes import PIP_BROKEN, PIP_MISSING, PIP_OF_OTHER_PYTHON, VENV_MISSING
from envcheck_checks.python import conda
from envcheck_checks.stack import Stack

VERSION_LINE = re.compile(
    r"^pip (?P<version>\S+) from (?P<folder>.+) \(python (?P<python>[\d.]+)\)", re.MULTILINE
)


def pip(stack: Stack, needs: tuple[Check, ...] = ()) -> Check:
    """pip runs in the target, new environments can be made from it, and `pip` on PATH is the target's. When
    something of the stack is missing, also whether pip can put it where this Python looks.
    """

    def examine(env: Environment) -> Outcome:
        python = interpreter(env)
        ran = pip_itself(env)
        said = VERSION_LINE.search(ran.stdout)
        cannot = cannot_install.diagnose(env, stack)
        if cannot is not None:
            return cannot
        if said is None:  # not by the exit code: PYTHONINSPECT=1 spoils it after pip has answered
            broken = index_settings(env).broken
            return broken_config(broken[0], fail) if broken else _no_pip(env, stack, python, ran)
        typed = on_path(env, "pip")
        warnings = [
            one
            for one in (_of_another(env, python, typed), _no_venv(env, python))
            if one is not None
        ]
        warnings += conda.warnings(env) if cannot_install.missing_names(env, stack) else []
        return ok(f"pip {said['version']} belongs to this Python", *warnings)

    return Check(
        id="pip",
        title="pip and venv",
        cost=Cost(0.6, 45),
        examine=examine,
        needs=needs,
        timeout=45,
        proves="pip of this Python really runs; an environment can be made; `pip` on PATH is this Python's",
    )


@fact
def pip_itself(env: Environment) -> Finished:
    """`python -m pip --version`, really run: metadata cannot tell that pip imports."""
    return env.run(
        [interpreter(env).executable, "-m", "pip", "--version"], timeout=30, low_priority=True
    )


def _no_pip(env: Environment, stack: Stack, python: Interpreter, ran: Finished) -> Outcome:
    absent = "No module named pip" in ran.stderr or "pip" not in python.installed
    if absent and uv_command(env):
        return ok("no pip in this environment; uv installs into it")
    missing = cannot_install.missing_names(env, stack)
    again = [Run((python.executable, "-m", "pip", "install", *missing))] if missing else []
    sure = (
        Confidence.SURE if python.is_environment else Confidence.ASK
    )  # a system's Python is its owner's to change
    mend = Fix(
        "put pip into this Python",
        (Run((python.executable, "-m", "ensurepip", "--upgrade")), *again),
        sure,
    )
    if absent:
        make = fail if missing else warn
        own = "ensurepip" in python.gaps or (missing and not python.is_environment)
        return make(
            PIP_MISSING,
            "this Python has no pip: nothing can be installed into it (No module named pip)",
            new_environment_fix(env, python, stack.everything if missing else ["pip"])
            if own
            else mend,
            found="no pip",
            wanted="python -m pip works; ensurepip puts it there",
            looked_in=python.executable,
        )
    return _setting_breaks_pip(env, ran) or fail(
        PIP_BROKEN,
        "pip of this Python does not run",
        Fix(
            "move what is left of pip aside and put a whole pip there",
            (*_pip_aside(python), *mend.steps),
            sure,
        )
        if python.is_environment or not missing
        else new_environment_fix(env, python, stack.everything),
        found=ran.last_words or f"exit code {ran.code}",
        wanted="python -m pip works",
        looked_in=python.executable,
    )


def _setting_breaks_pip(env: Environment, ran: Finished) -> Diagnosis | None:
    """The one setting of the learner's without which pip runs."""

    def works(changes: Sequence[Removed]) -> bool:
        command = [interpreter(env).executable, "-m", "pip", "--version"]
        return env.run(command, timeout=30, variables=variables_of(changes)).ok

    found = find_cause_by_removal([*general(env), *other_variables(env)], works)
    return (
        settings.diagnose(env, found, "pip does not run", ran.last_words)
        if found is not None
        else None
    )


def _pip_aside(python: Interpreter) -> tuple[Rename, ...]:
    """ensurepip mends a pip only when it sees none."""
    folder = Path(python.paths.get("purelib", python.prefix))
    there = [folder / "pip", *folder.glob("pip-*.dist-info")]
    return tuple(move_aside(path) for path in there if os.path.exists(path))


def _of_another(env: Environment, python: Interpreter, typed: Command | None) -> Diagnosis | None:
    if (
        typed is None
        or typed.prefix is None
        or python.is_at(typed.prefix)
        or not scripts_on_path(env, python)
    ):
        return None  # without this Python's scripts on PATH, the Jupyter check says so for both
    return warn(
        PIP_OF_OTHER_PYTHON,
        "`pip` on its own belongs to a different Python here: `pip install` puts packages where this Python does not look",
        Fix(
            "call this Python's own pip",
            (Run((python.executable, "-m", "pip", "--version")),),
            Confidence.LIKELY,
        ),
        found=f"{typed.path}, of {typed.prefix}",
        wanted=f"python -m pip, of {python.prefix}",
        looked_in="PATH",
    )


@fact
def bare_environment(env: Environment) -> Finished:
    """An environment without pip, really made in a throw-away folder: 0.1 s, where one with pip takes 5."""
    place = env.new_folder("venv") / "bare"
    return env.run(
        [interpreter(env).executable, "-m", "venv", "--without-pip", str(place)],
        timeout=30,
        low_priority=True,
    )


def _no_venv(env: Environment, python: Interpreter) -> Diagnosis | None:
    """A Python that is no environment yet needs both: venv makes it, ensurepip puts pip into it."""
    gaps = [name for name in ("venv", "ensurepip") if name in python.gaps]
    made = bare_environment(env)
    there = os.path.isfile(
        env.new_folder("venv") / "bare" / "pyvenv.cfg"
    )  # not by the exit code alone, as with pip
    if (made.ok or there) and (python.is_environment or not gaps):
        return None
    return warn(
        VENV_MISSING,
        "this Python cannot make environments: its venv part is missing or does not work",
        tell(
            "get that part",
            get_venv(python.version_info, family() if python.kind == "system" else ""),
        ),
        found=f"no {' and no '.join(gaps)}" if gaps else made.last_words,
        wanted="python -m venv works",
        looked_in=python.executable,
    )


def new_environment(needs: tuple[Check, ...] = ()) -> Check:
    """A whole environment with pip is made in a throw-away folder, and its pip runs. Only with --deep."""

    def examine(env: Environment) -> Outcome:
        place = env.new_folder("venv") / "whole"
        made = env.run([interpreter(env).executable, "-m", "venv", str(place)], timeout=60)
        inside = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        ran = env.run([str(inside), "-m", "pip", "--version"], timeout=30) if made.ok else made
        if ran.ok:
            return ok(f"made, with pip, in {made.seconds:.1f} s")
        return _no_venv(env, interpreter(env)) or warn(
            VENV_MISSING,
            "this Python cannot make environments: its venv part is missing or does not work",
            tell(
                "use a Python that is whole",
                "A Python from https://www.python.org/downloads/ has it.",
            ),
            found=ran.last_words,
            wanted="python -m venv works",
            looked_in=interpreter(env).executable,
        )

    return Check(
        id="new-environment",
        title="Environments",
        cost=Cost(6.0, 60, 30),
        examine=examine,
        needs=needs,
        required=False,
        timeout=100,
        traits=frozenset({"deep"}),
        proves="a new environment with pip can be made",
        slow_because="pip is unpacked into it",
    )
