"""What comes from the course itself, from an address or an index of its own: how the course has its learners install it. No fix takes it
from an index by its name, where it is somebody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath

from envcheck import (
    Check,
    Diagnosis,
    Environment,
    Fine,
    Fix,
    NotDone,
    Outcome,
    Rename,
    Run,
    Step,
    places,
)
from envcheck.declared.reading import is_of_bounds
from envcheck.fixes import by_list
from envcheck.fixes.advice import tell, typed
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter, target
from envcheck.versions import name_of, normal_name
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.installed.files_of import is_of

CONDAS = ("conda", "mamba", "micromamba", "pixi")
MANAGERS = {"uv", "poetry", "pdm", "rye", "pipenv", "hatch"}
VERBS = {"install", "add", "create"}  # behind which a command names what it gets from an index
WITH_VALUE = {
    *("-n", "--name", "-p", "--prefix", "--python", "-r", "--requirement", "-c", "--channel"),
    *("-f", "--file", "--project", "--directory", "--manifest-path", "--pyproject"),
}


def never_of_an_index(checks: Iterable[Check], wanted: Wanted) -> tuple[Check, ...]:
    """A chapter's checks, without fixes that would take any of `wanted.condas` from pip's index, or the course's
    own from any. What several chapters share stays as it is.
    """
    made: dict[int, Check] = {}  # a check is one object, whoever needs it

    def of(check: Check) -> Check:
        if not check.scope:
            return check
        if id(check) not in made:
            made[id(check)] = replace(
                check,
                examine=partial(_examine, wanted, check.examine),
                needs=tuple(map(of, check.needs)),
                explained_by=tuple(map(of, check.explained_by)),
            )
        return made[id(check)]

    every = tuple(checks)
    return tuple(map(of, every)) if wanted.condas else every


def as_the_course_says(env: Environment, wanted: Wanted, names: Sequence[str]) -> str:
    """How these are installed by the list that names them, in words, with the line where there is one."""
    line, file = _line(env, wanted, names)
    how = f": `{line}`" if line else f", from {file}" if file else ""
    return f"install it as the course says{how}"


def _line(env: Environment, wanted: Wanted, names: Sequence[str]) -> tuple[str, str]:
    """The line, and the list that it is for; each empty where there is none."""
    file, python = _list_of(wanted, names), target(env)
    if file is None:
        return "", ""
    inside = places.within(file, env.folder)
    shown = inside.as_posix() if inside else str(file)
    return by_list.line(env, python, file) if isinstance(python, Interpreter) else "", shown


def _list_of(wanted: Wanted, names: Sequence[str]) -> Path | None:
    """The list, of those that the course names, in which the first of these stands; or the only one that can
    have named the list in which it does.
    """
    rows = [
        row.file
        for row in wanted.requirements
        if not row.on_index and normal_name(name_of(row.requirement)) in names
    ]
    lists = [Path(path.partition("[")[0]) for path in wanted.lists]
    same = (path for name in rows for path in lists if PurePath(path).match(name))
    others = [path for path in lists if not is_of_bounds(path.name)]
    alike = {path for name in rows[:1] for path in others if _may_name(path, PurePath(name))}
    return next(same, None) or (alike.pop() if len(alike) == 1 else None)


def _may_name(path: Path, other: PurePath) -> bool:
    return path.suffix == other.suffix and path.name not in by_list.NO_PACKAGES


def _examine(
    wanted: Wanted, examine: Callable[[Environment], Outcome], env: Environment
) -> Outcome:
    outcome, python = examine(env), target(env)
    whole = wanted.with_needs(python) if isinstance(python, Interpreter) else wanted
    return _outcome(env, whole, outcome)


def _outcome(env: Environment, wanted: Wanted, outcome: Outcome) -> Outcome:
    if isinstance(outcome, Diagnosis):
        return _diagnosis(env, wanted, outcome)
    if isinstance(outcome, tuple):
        return tuple(_diagnosis(env, wanted, each) for each in outcome)
    if isinstance(outcome, NotDone):
        return NotDone(_diagnosis(env, wanted, outcome.warning))
    if isinstance(outcome, Fine):
        warnings = tuple(_diagnosis(env, wanted, each) for each in outcome.warnings)
        return replace(outcome, warnings=warnings)
    return outcome


def _diagnosis(env: Environment, wanted: Wanted, diagnosis: Diagnosis) -> Diagnosis:
    """What is left of a fix that nothing is left of stands alone, or not at all."""
    fixes = [(fix, _fix(env, wanted, fix)) for fix in diagnosis.fixes]
    whole = any(fix is left and left.steps for fix, left in fixes)
    kept = (left for fix, left in fixes if fix is left or not whole or _runs(left.steps))
    return replace(diagnosis, fixes=tuple(kept))


def _runs(steps: Iterable[Step]) -> bool:
    return any(isinstance(step, Run) for step in steps)


def _fix(env: Environment, wanted: Wanted, fix: Fix) -> Fix:
    """The fix without these; where nothing else was to be done, what a person does."""
    away: set[str] = set()
    steps = tuple(step for each in fix.steps for step in _step(wanted, each, away))
    if not away:
        return fix
    names = sorted(away)
    if not _runs(steps):
        line, file = _line(env, wanted, names)
        words = f"The public index does not have what the course means: see {file or 'what the course says'}."
        step = (
            typed(
                line,
                "The public index does not have what the course means; its own list says where that is:",
            )
            if line
            else words
        )
        return tell(f"install {listed(names)} as the course says", step)
    return replace(
        fix,
        title=f"{fix.title}, without {listed(names)}, which the course takes from elsewhere",
        steps=tuple(_not_moved(env, away, steps)),
    )


def _not_moved(env: Environment, away: Collection[str], steps: Iterable[Step]) -> Iterator[Step]:
    """The steps, without those that make room for what does not come: it stays as it lies."""
    python = target(env)
    rows = python.distributions if isinstance(python, Interpreter) else ()
    staying = [row for row in rows if normal_name(row.name) in away]
    for step in steps:
        moves = isinstance(step, Rename) and any(is_of(row, step.source) for row in staying)
        if not moves:
            yield step


def _step(wanted: Wanted, step: Step, away: set[str]) -> Iterator[Step]:
    """The step without what it must not install, if it has any other use; the names are put into `away`."""
    argv = step.argv if isinstance(step, Run) else ()
    verb = next((n for n, word in enumerate(argv) if n and word in VERBS), 0)
    refused = _refused(wanted, argv[:verb])
    if not isinstance(step, Run) or not refused:
        yield step
        return
    kept, rest = [*step.argv[: verb + 1]], False
    for before, word in zip(step.argv[verb:], step.argv[verb + 1 :], strict=False):
        named = not word.startswith("-") and before not in WITH_VALUE
        if named and not {"/", "\\"} & {*word} and normal_name(name_of(word)) in refused:
            away.add(normal_name(name_of(word)))
            continue
        kept.append(word)
        rest = rest or named or before in ("-r", "--requirement", "-f", "--file")
    if len(kept) == len(step.argv):
        yield step
    elif rest:
        yield Run(tuple(kept))


def _refused(wanted: Wanted, start: Sequence[str]) -> frozenset[str]:
    """What the program that a command starts with must not get by its name."""
    program = Path(start[0]).stem if start else ""
    if program in CONDAS:
        return wanted.ours
    return wanted.condas if program in MANAGERS or "pip" in start else frozenset()
