"""What macOS brings in place of a Python: a stub that wants Apple's developer tools, and no command
`python`.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import PurePath

from envcheck import Diagnosis, Environment, Fix, fact, fail, warn
from envcheck.fixes.advice import tell, typed
from envcheck.processes.process import Finished
from envcheck.target.interpreter import Interpreter, Unusable
from envcheck.target.protected import stands_between
from envcheck.target.startup_files import set_in
from envcheck_checks.machine.system import system
from envcheck_checks.python import hidden_files
from envcheck_checks.python.codes import (
    LIBRARY_PATH_NOT_SEEN,
    PYTHON_COMMAND_MISSING,
    PYTHON_DOES_NOT_START,
    PYTHON_XCODE_STUB,
)

STUB = "/usr/bin/python3"
KILLED = -9  # by SIGKILL, a name that Windows' Python does not have
# Lead the loader to libraries (dyld(1)). Files that a terminal of macOS reads, by the shell's name.
TAKEN_AWAY = ("DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES")
OF_SHELLS = {
    "zsh": (".z", "z"),
    "bash": (".bash_", ".profile", "profile"),
    "fish": ("config.fish",),
}
TOOLS = (
    "/Library/Developer/CommandLineTools/usr/bin/python3",
    "/Applications/Xcode.app/Contents/Developer/usr/bin/python3",
)


@fact
def developer_folder(env: Environment) -> Finished:
    """Where Apple's developer tools are, as macOS itself says; asked only when its stub gave no
    answer.
    """
    return env.run(["xcode-select", "-p"], timeout=5)


def without_tools(
    env: Environment, command: str, instead: Callable[[], tuple[Fix, ...]]
) -> Diagnosis | None:
    """`python3` is the stub of macOS, and the tools that hold its Python are not there."""
    if (
        not system(env).is_macos
        or STUB not in (command, os.path.realpath(command))
        or any(os.path.exists(system(env).at(place)) for place in TOOLS)
    ):
        return None
    answer = developer_folder(env)
    folder = answer.stdout.strip()
    if answer.ok and os.path.exists(system(env).at(f"{folder}/usr/bin/python3")):
        return None
    install = tell(
        "install a Python",
        "Install Python from https://www.python.org/downloads/, then open a new terminal.",
        "Apple's tools (xcode-select --install) bring Python 3.9, which has no updates any more.",
    )
    return fail(
        PYTHON_XCODE_STUB,
        "`python3` is only the stub of macOS here: the developer tools that hold its Python are not installed",
        *(fix for fix in instead() if fix.automatic),
        install,
        found=f"{folder}, without a Python"
        if folder and answer.ok
        else "no developer tools (xcode-select -p)",
        wanted="a Python, for example from python.org",
        looked_in=command,
        note="this happens also after an upgrade of macOS, which takes the tools away",
    )


def killed(
    env: Environment, dead: Unusable, instead: Callable[[], tuple[Fix, ...]]
) -> Diagnosis | None:
    """macOS itself ended it, without a word: on a Mac with Apple's processor whatever has no valid
    signature is (miniforge#190, python-feedstock#563).
    """
    silent = not (dead.finished.stdout + dead.finished.stderr).strip()
    if not system(env).is_macos or dead.finished.code != KILLED or not silent:
        return None
    return fail(
        PYTHON_DOES_NOT_START,
        "macOS ends this Python as soon as it is started, most likely since its signature does not fit its bytes",
        *instead(),
        tell(
            "see it yourself",
            typed(shlex.join(("codesign", "-v", dead.command[0])), "Silent where it is in order:"),
        ),
        found="killed (signal 9), without a word",
        wanted="a Python that was installed on this Mac",
        looked_in=dead.command[0],
        note="this happens to an environment that was copied or unpacked as a whole, and after an upgrade that was cut short",
    )


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """What may trip the learner on a Mac whose Python is in order."""
    return [
        *no_plain_python(env, python),
        *_kept_from_us(env),
        *hidden_files.warnings(env, python),
    ]


def _kept_from_us(env: Environment) -> list[Diagnosis]:
    """Variables of the learner's shell that macOS takes away where a program that it protects, such
    as /bin/sh, stands between: the learner's `jupyter` may have them, and no trial of ours had.
    """
    if not system(env).is_macos or stands_between(
        env.variables, env.located.command[0], system(env).name
    ):
        return []  # or taken from the learner's own programs too
    own = OF_SHELLS.get(PurePath(env.variables.get("SHELL", "")).name, ())
    for name in (name for name in TAKEN_AWAY if not env.variables.get(name)):
        for place in set_in(env, name):
            if PurePath(place.partition(",")[0]).name.startswith(own):
                return [_not_seen(name, place)]
    return []


def _not_seen(name: str, place: str) -> Diagnosis:
    return warn(
        LIBRARY_PATH_NOT_SEEN,
        f"{name} is set in your terminal, and macOS kept it from this run: what is proved here is proved without it",
        tell(
            "take it out, or let this run have it",
            f"Without a need for it, change {place}, and open a new terminal: programs that worked here work then.",
            typed(
                "python run-envcheck.py",
                "To examine this machine with it, start it by a Python that is not Apple's:",
            ),
        ),
        found=f"nothing in {name}",
        wanted="what your terminal gives to jupyter",
        looked_in=place,
        note="System Integrity Protection takes DYLD_ variables from whatever /bin/sh and /usr/bin/env start",
    )


def no_plain_python(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """macOS has `python3` and no `python`. Where an environment is in use or found, its own
    activation brings one.
    """
    path = env.variables.get("PATH", "")
    if (
        not system(env).is_macos
        or python.is_environment
        or shutil.which("python", path=path)
        or not shutil.which("python3", path=path)
    ):
        return []
    return [
        warn(
            PYTHON_COMMAND_MISSING,
            "there is no command `python` on this Mac (command not found), only `python3`",
            tell(
                "type python3 in place of python",
                typed(shlex.join((python.executable, "-m", "notebook")), "Jupyter starts with:"),
                typed(shlex.join((python.executable, "-m", "pip")), "pip with:"),
            ),
            found="python3",
            wanted="the command that the course's text uses",
            looked_in="PATH",
            note="in an environment that is active, `python` and `pip` work as they are written",
        )
    ]
