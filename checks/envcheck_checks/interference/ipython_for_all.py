"""IPython's files that no profile has: every kernel of an environment, or of a machine, runs them too
(IPython.core.application's ENV_CONFIG_DIRS and SYSTEM_CONFIG_DIRS).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from envcheck import Environment
from envcheck.foreign_file import matching
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference.removals import ipython_files
from envcheck_checks.interference.trials import Removed, SettingKind

CONFIGS = tuple(f"{name}.{kind}" for name in ("ipython_config", "ipython_kernel_config") for kind in ("py", "json"))  # fmt: skip
OF_THE_SYSTEM = ("/usr/local/etc/ipython", "/etc/ipython")


def files(env: Environment) -> list[Path]:
    """Those that are there, the environment's first."""
    return [*dict.fromkeys(_files(env))]


def every_file(env: Environment) -> list[Path]:
    """All that a kernel runs when it starts: the learner's, as our copies have them, and these."""
    return [*ipython_files(env), *files(env)]


def removable(env: Environment) -> list[Removed]:
    """Each of them alone."""
    return [Removed(SettingKind.IPYTHON_FOR_ALL, str(file)) for file in files(env)]


def _files(env: Environment) -> Iterator[Path]:
    for folder in _folders(env):
        yield from (folder / name for name in CONFIGS if os.path.isfile(folder / name))
        for pattern in ("*.py", "*.ipy"):
            yield from sorted(matching(folder / "startup", pattern))


def _folders(env: Environment) -> list[Path]:
    own = Path(interpreter(env).prefix, "etc", "ipython")
    if sys.platform == "win32":
        trusted = env.variables.get("IPYTHON_USE_PROGRAMDATA") == "1"
        programs = env.variables.get("PROGRAMDATA") if trusted else ""
        return [own, *([Path(programs, "ipython")] if programs else [])]
    return [own, *map(Path, OF_THE_SYSTEM)]
