"""The Python under test, as a report shows it."""

from __future__ import annotations

import contextlib
import platform

from envcheck.environment import Environment, Located
from envcheck.run.bounded import bounded
from envcheck.run.result import TargetSummary
from envcheck.target.interpreter import Interpreter, Unusable, target

TAHOES = 25  # Darwin's number in macOS 26; macOS 11 has 20


def summarize_target(env: Environment, *, wait: bool) -> TargetSummary:
    """The Python under test and its system; without `wait`, only what has been found
    out already.
    """
    return in_words(env.located, target(env) if wait else target.already(env))


def in_words(located: Located, python: object = None) -> TargetSummary:
    """Where it was found, and what it answered, where it has been asked. Where none was found there
    is none to ask.
    """
    system = {
        "name": platform.system(),
        "version": _system_version(),
        "machine": platform.machine(),
    }
    if not isinstance(python, Interpreter):
        answered = False if isinstance(python, Unusable) and not located.trouble else None
        place = None if located.trouble else located.command[0]
        return TargetSummary(place, located.rule, answered, os=system)
    target_summary = TargetSummary(
        python=python.executable or located.command[0],
        located_by=located.rule,
        answered=True,
        version=python.version,
        implementation=python.implementation,
        prefix=python.prefix,
        base_prefix=python.base_prefix,
        kind=python.kind,
        bits=python.bits,
        os=system,
    )
    return bounded(target_summary)


def _system_version() -> str:
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.release())
    return version_of_mac(platform.mac_ver()[0], platform.release()) or platform.release()


def version_of_mac(told: str, kernel: str) -> str:
    """The version of macOS. A Python that was built before a change of the numbers is told the old
    kind, 10.16 for 11 to 15 and 16 for 26 (cpython#135675); the kernel's number is never another.
    """
    darwin = kernel.partition(".")[0]
    if not darwin.isdigit() or not told.startswith(("10.16", "16.")):
        return told
    return str(int(darwin) + 1 if int(darwin) >= TAHOES else int(darwin) - 9)
