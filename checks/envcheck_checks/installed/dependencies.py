"""What a package needs is missing or does not fit, as a diagnosis; one line mends all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import install
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.codes import DEPENDENCY_MISSING, DEPENDENCY_WRONG_VERSION
from envcheck_checks.installed.misfits import FLOORS, Misfits, line, misfits
from envcheck_checks.installed.named import named_in
from envcheck_checks.installed.requirements import closure, needed_by

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet


def diagnose(
    env: Environment,
    names: Iterable[str],
    what: str,
    *,
    output: str = "",
    files: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> Diagnosis | None:
    """`what` cannot be done; the distributions of the closure that are absent, or that the others
    find too old or too new.

    All of them stand in the one command, and with them the misfits of the distributions `beside`,
    which would fail next; those are believed too. What is called the cause is what `output`, the words of the
    failure, and the `files` of its traceback speak of; else what is absent, else what most refuse.
    """
    python, names = interpreter(env), [normal_name(name) for name in names]
    every = misfits(python, [*names, *beside])
    unfit = every.among({*names, *needed_by(python, closure(python, names))})
    if not unfit:
        return None
    words = line(python, every)
    spoken_of = named_in(python, output, files) if output or files else []
    absent = _spoken_first(unfit.absent, spoken_of)
    refused = _spoken_first(
        sorted(unfit.refused, key=lambda dependency: -len(unfit.refused[dependency])), spoken_of
    )
    by_version = bool(refused) and (
        not absent or (refused[0] in spoken_of and absent[0] not in spoken_of)
    )
    if by_version:
        return _wrong_version(env, unfit, refused, what, words)
    return _missing_dependency(env, unfit, absent, what, words)


def _spoken_first(names: Iterable[str], spoken_of: Sequence[str]) -> list[str]:
    places = {name: place for place, name in enumerate(spoken_of)}
    return sorted(names, key=lambda name: places.get(name, len(places)))


def _missing_dependency(
    env: Environment, unfit: Misfits, absent: Sequence[str], what: str, words: Sequence[str]
) -> Diagnosis:
    python, first = interpreter(env), absent[0]
    return fail(
        DEPENDENCY_MISSING,
        f"`{first}`, which {unfit.absent[first][0][0]} needs, is not installed (a missing dependency): {what}",
        install(env, python, words),
        found=f"no {', no '.join(absent)}",
        wanted=", ".join(absent),
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _wrong_version(
    env: Environment, unfit: Misfits, refused: Sequence[str], what: str, words: Sequence[str]
) -> Diagnosis:
    python, name = interpreter(env), refused[0]
    asked, version = unfit.refused[name], str(python.installed[name].version)
    old = any(_starts_above(specifier, version) for _, specifier in asked)
    askers = listed(list(dict.fromkeys(asker for asker, _ in asked)))
    written = [_written(python, dependency) for dependency in refused]
    return fail(
        DEPENDENCY_WRONG_VERSION,
        f"the version {version} of {written[0]} is {'too old' if old else 'too new'} for {askers}: {what}",
        install(
            env,
            python,
            words,
            title=f"bring {listed(written)} to {'a version that fits' if len(refused) == 1 else 'versions that fit'}",
        ),
        found=", ".join(
            f"{shown} {python.installed[dependency].version}"
            for dependency, shown in zip(refused, written, strict=True)
        ),
        wanted="; ".join(f"{asker} needs {written[0]}{specifier}" for asker, specifier in asked)[
            :300
        ],
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _written(python: Interpreter, name: str) -> str:
    """As its own metadata writes the name."""
    return python.installed[name].entry.split("-")[0]


def _starts_above(specifier: SpecifierSet, version: str) -> bool:
    """Whether what is asked for begins above this version."""
    from packaging.specifiers import SpecifierSet

    floors = [clause for clause in specifier if clause.operator in FLOORS]
    return any(
        not SpecifierSet(
            f"{'>' if clause.operator == '>' else '>='}{clause.version.removesuffix('.*')}"
        ).contains(version, prereleases=True)
        for clause in floors
    )
