"""The same thing once more with one of the learner's settings taken away: what then works names the
cause.

A traceback's last line often points the wrong way; a trial does not. Only settings that are really
there are tried, first all of them at once: when that does not help either, none of them is the
cause.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeVar

from envcheck import Environment, places
from envcheck.path_lists import joined, separator
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck_checks import overrides
from envcheck_checks.interference.background import BackgroundCall
from envcheck_checks.interference.importable import module_named
from envcheck_checks.interference.pairs import two_that_work
from envcheck_checks.interference.variables import (
    HARMLESS,
    NEEDED,
    OF_FOLDERS,
    PREFIXES,
    spellings,
)
from envcheck_checks.overrides import Program

C = TypeVar("C")

# Does the same thing again with these settings removed, and says whether it then works; None: it
# was given up before its end, so nobody can tell.
Trial = Callable[["Sequence[Removed]"], "bool | None"]

FEW = 3  # are tried one by one; of more, first their halves


class SettingKind(str, Enum):
    """What kind of setting a trial takes away; the value stands in messages."""

    VARIABLE = "variable"
    USER_SITE = "user site"
    FOLDER = "work folder"
    IPYTHON = "IPython's settings"
    IPYTHON_FOR_ALL = "a file that every kernel of the environment or the machine runs"
    SPEC = "the kernelspec's variables"
    SPEC_WORDS = "the kernelspec's own words"
    START_FILE = "a file that Python runs as it starts"
    CONFIG = "Jupyter's configuration"
    MATPLOTLIB = "matplotlib's settings"
    LAB_EXTENSIONS = "the learner's own extensions of JupyterLab"


@dataclass(frozen=True)
class Removed:
    """One setting taken away. `name` is a variable's name or a folder; `variables` and `cwd` are
    what the trial changes.
    """

    kind: SettingKind
    name: str
    variables: Mapping[str, str | None] = field(default_factory=dict)
    cwd: Path | None = None

    def __hash__(self) -> int:
        return hash((self.kind, self.name))


def find_cause_by_removal(
    candidates: Sequence[Removed], works: Trial, at_once: int = 1, *, late: bool = False
) -> Removed | None:
    """The one change that alone makes it work; None when none does, or only several together.
    `at_once` is how many trials may run side by side.

    No setting is blamed unless it fails once more with nothing taken away: what then works failed
    by chance, and what is then given up shows how busy the machine is. Only where the failure was
    `late` too, a wait in vain, is a wait in vain the same again.
    """
    return next(iter(find_causes_by_removal(candidates, works, at_once, late=late)), None)


def find_causes_by_removal(
    candidates: Sequence[Removed],
    works: Trial,
    at_once: int = 1,
    *,
    late: bool = False,
    seconds_for_two: float = 0.0,
) -> tuple[Removed, ...]:
    """The same; and where none alone makes it work, two that do together, looked for as long as
    `seconds_for_two`. Empty where there are none.
    """
    if not candidates:
        return ()
    side_by_side = at_once > 1
    # The control of a wait in vain takes as long: it is tried beside all of them, and then no more.
    early = BackgroundCall(lambda: works([])) if side_by_side and late else None
    first = (
        BackgroundCall(lambda: works(candidates[:1]))
        if side_by_side and not late and len(candidates) > 1
        else None
    )
    work_without = works(candidates)
    again = early.value(_far()) if early is not None else None
    if again or not work_without:
        return ()
    control = BackgroundCall(lambda: works([])) if side_by_side and early is None else None
    answer = None if first is None else first.value(_far())
    failed = candidates[0] if answer is False or (first and late and not answer) else None
    alone = candidates[0] if answer else _narrowed(candidates, works, at_once, failed)
    causes = (alone,) if alone else two_that_work(candidates, works, seconds_for_two)
    if not causes:
        return ()
    if early is None:
        again = works([]) if control is None else control.value(_far())
    return causes if fails_again(again, late=late) else ()


def _narrowed(
    candidates: Sequence[Removed], works: Trial, at_once: int, failed: Removed | None
) -> Removed | None:
    """The one of these, all of which together make it work. `failed` alone was tried already."""
    if len(candidates) == 1:
        return candidates[0]
    if len(candidates) <= FEW:
        untried = [candidate for candidate in candidates if candidate is not failed]
        return first_that_works(untried, lambda candidate: works([candidate]), at_once)
    middle = len(candidates) // 2
    half = first_that_works((candidates[:middle], candidates[middle:]), works, at_once)
    return None if half is None else _narrowed(half, works, at_once, failed)


def first_that_works(
    candidates: Sequence[C], works: Callable[[C], bool | None], at_once: int = 1
) -> C | None:
    """The first of these for which it works, tried so many at a time."""
    for begun in range(0, len(candidates), at_once):
        here, *beside = candidates[begun : begun + at_once]
        others = [(candidate, BackgroundCall(partial(works, candidate))) for candidate in beside]
        if works(here):
            return here
        for candidate, answer in others:
            if answer.value(_far()):
                return candidate
    return None


def _far() -> float:
    """A number of seconds that is longer than any trial: each has a limit of its own."""
    return time.monotonic() + 90


def fails_again(again: bool | None, *, late: bool) -> bool:
    """Whether the control, with nothing taken away, shows that it was no chance. What works now was
    one; a wait in vain is the same again only where the failure was `late`, a wait in vain too.
    """
    return again is False or (again is None and late)


def told_by(finished: Finished, *, works: bool) -> bool | None:
    """Whether a program worked, as a trial says it: None where it was given up before its end."""
    return None if finished.late else works


def variables_of(changes: Sequence[Removed]) -> dict[str, str | None]:
    """What these trials set or take away; what they set stands in the table of overrides."""
    for change in changes:
        if change.kind is not SettingKind.SPEC:  # gives back the terminal's own
            values = {name: value for name, value in change.variables.items() if value is not None}
            overrides.variables(Program.TRIAL, values)
    return {name: value for change in changes for name, value in change.variables.items()}


def folder_of(env: Environment, changes: Sequence[Removed]) -> Path:
    """The folder to run in: the learner's own, unless that is what was taken away."""
    return next((change.cwd for change in changes if change.cwd is not None), env.folder)


def own_variables(env: Environment, harmless: Container[str] = HARMLESS) -> list[Removed]:
    """The variables of the terminal that change what a Python program loads."""
    return [
        Removed(SettingKind.VARIABLE, name, {name: None})
        for name in sorted(env.variables)
        if name.startswith(PREFIXES) and name not in harmless
    ]


def other_variables(env: Environment) -> list[Removed]:
    """All other variables of the terminal: nobody knows what each program reads, and a trial does
    not need to. Those that are one setting are taken away together.
    """
    tried = {change.name for change in own_variables(env)} | HARMLESS
    names = [
        name
        for name in sorted(env.variables)
        if name.upper() not in NEEDED
        and not name.upper().startswith(OF_FOLDERS)
        and name not in tried
    ]
    together = [spellings(env.variables, name) for name in names]
    return [
        Removed(SettingKind.VARIABLE, name, dict.fromkeys(same))
        for name, same in zip(names, together, strict=True)
        if name == same[0]
    ]


def general(env: Environment) -> list[Removed]:
    """What can disturb any Python program of the learner's: variables, the user site, the work
    folder.
    """
    candidates = own_variables(env)
    python = interpreter(env)
    folder = [_work_folder(env)] if has_modules(env.folder) else []
    if python.user_site_enabled and python.user_site and os.path.isdir(python.user_site):
        candidates.append(
            Removed(SettingKind.USER_SITE, python.user_site, {"PYTHONNOUSERSITE": "1"})
        )
    # Where PYTHONPATH leads there too, what lies there is the root, and what leads there is not.
    leads_there = any(change.variables for change in folder)
    return [*folder, *candidates] if leads_there else [*candidates, *folder]


def _work_folder(env: Environment) -> Removed:
    """The learner's folder, also as an entry of PYTHONPATH: an empty one is the folder they are in."""
    entries = env.variables.get("PYTHONPATH", "").split(separator())
    others = [entry for entry in entries if not places.same(env.folder / entry, env.folder)]
    is_led = bool(env.variables.get("PYTHONPATH")) and others != entries
    variables = {"PYTHONPATH": joined(others) or None} if is_led else {}
    return Removed(SettingKind.FOLDER, str(env.folder), variables, env.neutral_folder)


def has_modules(folder: Path) -> bool:
    """Whether a folder has anything that `import` could take from it."""
    try:
        return any(map(module_named, folder.iterdir()))
    except OSError:
        return False
