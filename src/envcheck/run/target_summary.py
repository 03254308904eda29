"""The Python under test, as a report shows it."""

from __future__ import annotations

import contextlib
import platform

from envcheck.environment import Environment, Located
from envcheck.run.result import TargetSummary
from envcheck.target.interpreter import Interpreter, target


def summarize_target(env: Environment, *, wait: bool) -> TargetSummary:
    """The Python under test and its system; without `wait`, only what has been found
    out already.
    """
    return in_words(env.located, target(env) if wait else target.already(env))


def in_words(located: Located, python: object = None) -> TargetSummary:
    """Where it was found, and what it answered, where it has been asked."""
    system = {
        "name": platform.system(),
        "version": _system_version(),
        "machine": platform.machine(),
    }
    if not isinstance(python, Interpreter):
        return TargetSummary(located.command[0], located.rule, os=system)
    return TargetSummary(
        python=python.executable or located.command[0],
        located_by=located.rule,
        version=python.version,
        implementation=python.implementation,
        prefix=python.prefix,
        base_prefix=python.base_prefix,
        kind=python.kind,
        bits=python.bits,
        os=system,
    )


def _system_version() -> str:
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.release())
    return platform.mac_ver()[0] or platform.release()
