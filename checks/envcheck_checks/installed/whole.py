"""Distributions that fail, and what may be done about them.

To install once more what is there already changes something only where its files are not those that
were installed, or nobody can tell. What is whole and fails does not fit its neighbours: it gets
versions that do. And what the machine refused is no matter of packages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from envcheck import Confidence, Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import ask_teacher, install
from envcheck.processes.reason import last_traceback, reason
from envcheck.sentences import listed
from envcheck.target.interpreter import Distribution, interpreter
from envcheck_checks.installed.codes import PACKAGE_DAMAGED, PACKAGES_DO_NOT_FIT
from envcheck_checks.installed.files import look
from envcheck_checks.installed.modified import changed_file
from envcheck_checks.installed.named import missing_module, named_in, owner
from envcheck_checks.installed.record_file import recorded
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.installed.requirements import closure
from envcheck_checks.stack import short

# What the system said: no version of a package would have been given another answer.
OF_THE_MACHINE = re.compile(
    r"^(?:\w+\.)*(?:OSError|IOError|PermissionError|File\w*Error|NotADirectoryError|IsADirectoryError|"
    r"Connection\w*|BrokenPipeError|BlockingIOError|TimeoutError|gaierror|herror|MemoryError|"
    r"KeyboardInterrupt|SystemExit|SSLError|UnicodeDecodeError)\b"
)
MOST = 5  # a longer chain is no longer a matter of who stands beside whom


def diagnose(env: Environment, output: str, files: Sequence[str], what: str) -> Diagnosis | None:
    """`what` fails with a traceback that goes through installed distributions: those whose files
    are not what was installed are installed again; where all are whole, they get versions that fit
    one another.
    """
    python = interpreter(env)
    named = [
        name for name in named_in(python, last_traceback(output), files) if name in python.installed
    ][:MOST]
    if again := differing(env, named) or _without_their_module(env, output):
        return _damaged(env, again, output, what)
    why = reason(output)
    if not named or OF_THE_MACHINE.match(why):
        return None
    versions = [f"{name} {short(python.installed[name].version or '')}".strip() for name in named]
    return fail(
        PACKAGES_DO_NOT_FIT,
        f"{what}: {listed(versions)} {'is' if len(named) == 1 else 'are'} installed whole, and {'does not fit what is beside it' if len(named) == 1 else 'do not fit one another'}",
        newer(env, named),
        found=why[:400],
        wanted="versions that work with one another",
        looked_in=python.paths.get("purelib", python.prefix),
    )


def newer(env: Environment, names: Sequence[str]) -> Fix:
    """Versions of these that are newer and fit one another, as the installer finds them. A guess:
    nothing was tried.
    """
    single = len(names) == 1
    title = f"bring {listed(list(names))} to {'a newer version' if single else 'newer versions that fit one another'}"
    fix = install(env, interpreter(env), ["--upgrade", *names], title=title)
    return replace(fix, confidence=min_confidence(fix))


def min_confidence(fix: Fix) -> Confidence:
    """`ask` for a fix that asks, else `likely`: what it does is never carried out without a person."""
    return Confidence.ASK if fix.confidence is Confidence.ASK else Confidence.LIKELY


def repair(env: Environment, names: Iterable[str], title: str) -> Fix:
    """Those of these distributions and of what they need that are not as they were installed,
    installed again; where all are, nothing is known that a learner could do. Of what they need, a
    list of files that is absent says nothing: whole systems come without.
    """
    python, own = interpreter(env), list(names)
    listed_ones = [name for name in closure(python, own) if python.installed[name].has_record]
    again = differing(env, dict.fromkeys([*own, *listed_ones]))
    return reinstall(env, interpreter(env), again, title) if again else ask_teacher()


def differing(env: Environment, names: Iterable[str]) -> list[str]:
    """Those of these distributions of which a listed file is gone, cut short or changed, or that
    have no list of their files.
    """
    python = interpreter(env)
    rows = [row for name in names if (row := python.installed.get(name)) is not None]
    return [
        row.name
        for row in rows
        if not row.has_record or look(python, row, data=True) or changed_file(row)
    ]


def _without_their_module(env: Environment, output: str) -> list[str]:
    """The installed distribution that should have the module which was not found, and lists no file
    of it: an editable installation whose source is gone.
    """
    module = missing_module(output)
    row = interpreter(env).installed.get(owner(interpreter(env), module)) if module else None
    return [row.name] if row is not None and not _lists(row, module) else []


def _lists(row: Distribution, module: str) -> bool:
    return any(file.startswith((f"{module}/", f"{module}.")) for file, _ in recorded(row))


def _damaged(env: Environment, names: Sequence[str], output: str, what: str) -> Diagnosis:
    python = interpreter(env)
    single, first = len(names) == 1, python.installed[names[0]]
    seen = look(python, first, data=True)
    changed = changed_file(first)
    where = seen.file if seen else str(changed) if changed else f"{first.folder}/{first.entry}"
    return fail(
        PACKAGE_DAMAGED,
        f"{listed(list(names))} {'is' if single else 'are'} installed, and {'its' if single else 'their'} files are not those that were installed: {what}",
        reinstall(env, python, names, f"reinstall {listed(list(names))}"),
        found=seen.detail if seen else reason(output)[:400],
        wanted=f"the files of {first.entry}",
        looked_in=where,
    )
