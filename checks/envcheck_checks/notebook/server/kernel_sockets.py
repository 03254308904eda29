"""The learner's server is told to speak with its kernels through files in its runtime folder: theirs
is bound in, as ours has a runtime folder of its own.
"""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

from envcheck import Diagnosis, Environment
from envcheck.processes.process import Processes
from envcheck_checks import overrides
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.jupyter.settings import Setting, in_force, may_set
from envcheck_checks.machine.write_access import existing
from envcheck_checks.notebook.settings import config
from envcheck_checks.overrides import Program

OPTION, FILES = "transport", "ipc"
MANAGERS = (
    *("ServerKernelManager", "AsyncIOLoopKernelManager", "IOLoopKernelManager"),
    *("AsyncKernelManager", "KernelManager", "ConnectionFileMixin"),
)
# As jupyter_client names them: `kernel-`, the kernel's id, `-ipc-1`
NAME = f"kernel-{'0' * 36}-ipc-1"


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """No kernel of theirs could be spoken with: the path is too long for a socket, or the disk has
    none.
    """
    setting, runtime = _setting(env), learners_jupyter(env).runtime
    trouble = cannot_bind(env.processes, Path(runtime)) if setting is not None and runtime else ""
    if setting is None or not trouble:
        return None
    return config.stops(
        env,
        setting.file,
        f"the Jupyter config file puts each kernel's sockets into Jupyter's runtime folder, which cannot hold them ({trouble}): no kernel starts",
        f"{OPTION} = {setting.value!r}: {trouble}, {Path(runtime, NAME)}",
        "a server whose kernels start",
    )


def options(env: Environment, runtime: Path) -> list[str]:
    """The word without which a server of ours could start no kernel: where our runtime folder is too
    deep for what theirs may do.
    """
    deep = not _fits(_length(runtime)) and _setting(env) is not None
    return overrides.options(Program.SERVER, *(["--KernelManager.transport=tcp"] if deep else []))


def _setting(env: Environment) -> Setting | None:
    setting = in_force(env, OPTION, *MANAGERS) if may_set(env, OPTION) else None
    return setting if setting is not None and str(setting.value).lower() == FILES else None


def _length(runtime: Path) -> int:
    return len(os.fsencode(runtime / NAME))


def _fits(length: int) -> bool:
    """Whether a socket's path may be so long: asked by one that leads nowhere."""
    if not hasattr(socket, "AF_UNIX"):
        return True
    nowhere = f"/{secrets.token_hex(6)}/"
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(nowhere.ljust(length, "x"))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def cannot_bind(processes: Processes, runtime: Path) -> str:
    """Why no socket can stand in this folder under a kernel's name; empty where one can. A folder
    that Jupyter is yet to make is tried in the one above it. Nothing is left.
    """
    if not hasattr(socket, "AF_UNIX"):  # the server that we start tells
        return ""
    if not _fits(_length(runtime)):
        return f"a path of {_length(runtime)} bytes is too long"
    place, word = existing(runtime), f"envcheck-{secrets.token_hex(6)}"
    try:
        with (
            processes.visit(str(place), word, ()),
            socket.socket(socket.AF_UNIX) as listener,
        ):
            listener.bind(str(place / f".{word}"))
    except OSError as error:
        return f"{error.strerror or error}"
    return ""
