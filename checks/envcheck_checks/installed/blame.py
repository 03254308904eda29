"""Which installed package could not use which other: read from where an error was raised and from
what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from envcheck import Confidence, Environment, Fix, places
from envcheck.fixes.advice import install
from envcheck.target.interpreter import Distribution, Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.stack import short

TRACEBACK = "Traceback (most recent call last)"
FRAME = re.compile(r'File "([^"\n]+)", line \d+')
NAMED = re.compile(r"(?:module|package|from|named) '([A-Za-z_]\w*)[\w.]*'")
# They call what other packages gave them: in the middle of a traceback they have no part in its error.
CALL_OTHERS = ("traitlets", "tornado", "decorator")
BUILT_FOR_NUMPY_1 = re.compile(r"_ARRAY_API not found|compiled using NumPy 1|numpy\.dtype size")


@dataclass(frozen=True)
class Blame:
    """`user` did something with `used` that failed; `used` is empty where nobody else had a part."""

    user: str
    used: str = ""


def blame(python: Interpreter, text: str) -> Blame | None:
    """From the last traceback in a text; None where no package stands in it."""
    last = text.rpartition(TRACEBACK)[2]
    message = text if BUILT_FOR_NUMPY_1.search(text) else last
    return blame_frames(python, FRAME.findall(last), message)


def blame_frames(python: Interpreter, files: Sequence[str], message: str) -> Blame | None:
    """The blame from the files of the frames, outermost first, and the words of the error."""
    raised_in = [name for file in files if (name := distribution_of(python, file))]
    if not raised_in:
        return None
    if BUILT_FOR_NUMPY_1.search(message):
        return Blame(raised_in[-1], "numpy" if raised_in[-1] != "numpy" else "")
    if (blamed := blame_words(python, raised_in[-1], message)).used:
        return blamed
    others = [name for name in raised_in if name not in (raised_in[-1], *CALL_OTHERS)]
    return Blame(others[-1], raised_in[-1]) if others else Blame(raised_in[-1])


def blame_words(python: Interpreter, user: str, message: str) -> Blame:
    """The blame where an error of `user` is known by its words alone."""
    named = (_provider(python, module) for module in NAMED.findall(message))
    return Blame(user, next((name for name in named if name not in ("", user)), ""))


def error_of(text: str) -> str:
    """The line in which the last traceback of a text ends."""
    lines = text.rpartition(TRACEBACK)[2].splitlines()[1:]
    return next((line for line in lines if line[:1].strip()), "")


def distribution_of(python: Interpreter, file: str) -> str:
    """The installed distribution that this file is of; empty for any other file."""
    folders = {distribution.folder for distribution in python.distributions}
    inside = [str(path) for folder in folders if (path := places.within(file, folder))]
    return _provider(python, re.split(r"[\\/.]", min(inside, key=len))[0]) if inside else ""


def _provider(python: Interpreter, module: str) -> str:
    """The distribution that brings a module: of that name, or that has it among its files."""
    name = normal_name(module)
    if name in python.installed:
        return name
    brings = (f"{module}/", f"{module}.py")
    for distribution in python.installed.values():
        if any(file.startswith(brings) for file, _ in recorded(distribution)):
            return distribution.name
    return ""


def in_words(python: Interpreter, blamed: Blame) -> str:
    """Who does not fit whom: `seaborn 0.12 does not fit pandas 3.1`."""
    user = _with_version(python, blamed.user)
    return (
        f"{user} does not fit {_with_version(python, blamed.used)}"
        if blamed.used
        else f"{user} fails"
    )


def fitting(
    env: Environment, blamed: Blame, others: Sequence[str] = (), *, sure: bool = True
) -> tuple[Fix, ...]:
    """One line that fits them: a newer one of the user, then a newer one of both. `others` come
    along."""
    python = interpreter(env)
    fits = f" that fits {_with_version(python, blamed.used)}" if blamed.used else ""
    first = install(
        env,
        python,
        ["--upgrade", blamed.user, *others],
        f"upgrade {blamed.user} to one{fits or ' that works'}",
    )
    confidence = Confidence.SURE if sure and blamed.used else Confidence.LIKELY
    fixes = [replace(first, confidence=_less_sure(first.confidence, confidence))]
    if blamed.used:
        both = install(
            env,
            python,
            ["--upgrade", blamed.user, blamed.used, *others],
            f"upgrade both, {blamed.user} and {blamed.used}",
        )
        fixes.append(replace(both, confidence=Confidence.LIKELY))
    return tuple(fixes)


def _less_sure(confidence: Confidence, other: Confidence) -> Confidence:
    order = (Confidence.ASK, Confidence.LIKELY, Confidence.SURE)
    return min(confidence, other, key=order.index)


def _with_version(python: Interpreter, name: str) -> str:
    distribution: Distribution | None = python.installed.get(name)
    return (
        f"{name} {short(distribution.version)}"
        if distribution is not None and distribution.version
        else name
    )
