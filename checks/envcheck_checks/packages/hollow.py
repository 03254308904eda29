"""Imports that work, and give nothing that can be used."""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed import modified
from envcheck_checks.installed.requirements import closure
from envcheck_checks.packages import matplotlib
from envcheck_checks.packages.imports import Imports
from envcheck_checks.stack import Stack


def find_hollow(env: Environment, stack: Stack, tried: Imports) -> tuple[Diagnosis, ...]:
    """What an import that works does not show: a module with nothing in it, settings that may not
    be read.
    """
    names = [package.name for package in stack.packages]
    inside = closure(interpreter(env), names)
    diagnosis = modified.emptied(env, inside, tried.empty) or matplotlib.unreadable(env)
    return (diagnosis,) if diagnosis is not None else ()
