"""What macOS brings in place of a Python: a stub that wants Apple's developer tools, and no command
`python`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

from envcheck import Diagnosis, Environment, Fix, fact, fail, warn
from envcheck.fixes.advice import tell
from envcheck.processes.process import Finished
from envcheck.target.interpreter import Interpreter
from envcheck_checks.machine.system import system
from envcheck_checks.python.codes import PYTHON_COMMAND_MISSING, PYTHON_XCODE_STUB

STUB = "/usr/bin/python3"
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
    said = developer_folder(env)
    folder = said.stdout.strip()
    if said.ok and os.path.exists(system(env).at(f"{folder}/usr/bin/python3")):
        return None
    install = tell(
        "install a Python",
        "Install Python from https://www.python.org/downloads/",
        "Apple's tools (xcode-select --install) bring Python 3.9, which has no updates any more.",
    )
    return fail(
        PYTHON_XCODE_STUB,
        "`python3` is only the stub of macOS here: the developer tools that hold its Python are not installed",
        *(fix for fix in instead() if fix.automatic),
        install,
        found=f"{folder}, without a Python"
        if folder and said.ok
        else "no developer tools (xcode-select -p)",
        wanted="a Python, for example from python.org",
        looked_in=command,
        note="this happens also after an upgrade of macOS, which takes the tools away",
    )


def no_plain_python(env: Environment, found: Interpreter) -> list[Diagnosis]:
    """macOS has `python3` and no `python`. Where an environment is in use or found, its own
    activation brings one.
    """
    path = env.variables.get("PATH", "")
    if (
        not system(env).is_macos
        or found.is_environment
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
                f"Jupyter starts with: {found.executable} -m notebook",
                f"pip with: {found.executable} -m pip",
            ),
            found="python3",
            wanted="the command that the course's text uses",
            looked_in="PATH",
            note="in an environment that is active, `python` and `pip` work as they are written",
        )
    ]
