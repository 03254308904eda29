"""What of a distribution and all that it needs is absent, or of a version that does not fit.

What a misfit needs in turn is not asked: another version of it needs other things. So an old
package whose own old dependency is gone is an old package, and nothing is missing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.newer_wins import newer_wins
from envcheck_checks.installed.requirements import requirements

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

Asked = tuple[str, "SpecifierSet"]  # who asks, and for which versions
ROUNDS = 8  # two that refuse each other could otherwise be asked for ever
FLOORS = (">=", ">", "==", "~=", "===")


@dataclass(frozen=True)
class Misfits:
    """By name: who asks for it, and for which versions. `absent` is not installed, `refused` is
    installed in another version.
    """

    absent: Mapping[str, Sequence[Asked]] = field(default_factory=dict)
    refused: Mapping[str, Sequence[Asked]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.absent or self.refused)

    def among(self, names: Container[str]) -> Misfits:
        """The misfits of the distributions with these names."""
        return Misfits(
            {name: who for name, who in self.absent.items() if name in names},
            {name: who for name, who in self.refused.items() if name in names},
        )


def misfits(python: Interpreter, names: Iterable[str]) -> Misfits:
    """Those of these distributions and of all that they need, by the word of those that fit."""
    unfit = _misfits(python, [normal_name(name) for name in names])
    return Misfits(*newer_wins(python, unfit.absent, unfit.refused))


def _misfits(python: Interpreter, starts: Sequence[str]) -> Misfits:
    unfit = _asked_of(python, starts, frozenset())
    for _ in range(ROUNDS):
        again = _asked_of(python, starts, frozenset(unfit.refused))
        if again.refused.keys() == unfit.refused.keys():
            return again
        unfit = again
    return _believed(unfit)


def _believed(unfit: Misfits) -> Misfits:
    """Of distributions that refuse one another in a circle, those who somebody outside refuses."""

    def outside(asked: Mapping[str, Sequence[Asked]]) -> Mapping[str, Sequence[Asked]]:
        return {
            name: who
            for name, who in asked.items()
            if {asker for asker, _ in who} - {*unfit.refused}
        }

    return Misfits(outside(unfit.absent), outside(unfit.refused))


def _asked_of(python: Interpreter, starts: Sequence[str], silent: frozenset[str]) -> Misfits:
    """Each is asked once, nearest first; not those of `silent`, nor who is refused by a nearer
    one.
    """
    absent: dict[str, list[Asked]] = {}
    refused: dict[str, list[Asked]] = {}
    waiting, asked = list(starts), set[str]()
    while waiting:
        name = waiting.pop(0)
        if name in asked or name in silent or name in refused or name not in python.installed:
            continue
        asked.add(name)
        for wanted in requirements(python, name):
            needed = normal_name(wanted.name)
            if needed == name:  # an extra of its own
                continue
            waiting.append(needed)
            if needed not in python.installed:
                absent.setdefault(needed, []).append((name, wanted.specifier))
            elif not fits(python, needed, wanted.specifier):
                refused.setdefault(needed, []).append((name, wanted.specifier))
    return Misfits(absent, refused)


def fits(python: Interpreter, name: str, specifier: SpecifierSet) -> bool:
    """Whether what is installed is of a version that is asked for; one that cannot be read is no
    misfit.
    """
    version = python.installed[name].parsed_version
    return version is None or specifier.contains(version, prereleases=True)


def line(python: Interpreter, unfit: Misfits) -> list[str]:
    """The words of one installation that fits all: each misfit in the versions that everybody who
    fits asks for.
    """
    upgrade = ["--upgrade"] if unfit.refused else []
    asked = {**unfit.absent, **unfit.refused}
    everybody = [name for name in python.installed if name not in unfit.refused]
    others = _demands(python, everybody, set(asked))
    return [
        *upgrade,
        *(f"{name}{_together([*who, *others.get(name, ())])}" for name, who in asked.items()),
    ]


def _demands(
    python: Interpreter, askers: Iterable[str], names: set[str]
) -> Mapping[str, list[Asked]]:
    """What these distributions ask of the distributions with these names."""
    demands: dict[str, list[Asked]] = {}
    for asker in askers:
        texts = python.installed[asker].requires
        if any(normal_name(text).startswith(tuple(names)) for text in texts):
            for wanted in requirements(python, asker):
                demands.setdefault(normal_name(wanted.name), []).append((asker, wanted.specifier))
    return demands


def _together(asked: Sequence[Asked]) -> SpecifierSet:
    """All that is asked for. Who contradicts those before them is left out: no version suits
    both.
    """
    from packaging.specifiers import SpecifierSet

    together = SpecifierSet()
    for _, specifier in asked:
        both = together & specifier
        if _is_possible(both):
            together = both
    return _shortened(together)


def _shortened(specifiers: SpecifierSet) -> SpecifierSet:
    """The same range without the bounds that another one makes needless."""
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    bounds = {">=": max, "<": min}
    kept = [clause for clause in specifiers if clause.operator not in bounds]
    for operator, nearest in bounds.items():
        alike = [clause for clause in specifiers if clause.operator == operator]
        kept += [nearest(alike, key=lambda clause: Version(clause.version))] if alike else []
    return SpecifierSet(",".join(sorted(map(str, kept), reverse=True)))


def _is_possible(specifiers: SpecifierSet) -> bool:
    """Whether some version suits: if any does, then one where a range begins, or just above."""
    floors = [
        clause.version.removesuffix(".*") for clause in specifiers if clause.operator in FLOORS
    ]
    near = [version for floor in floors for version in (floor, f"{floor}.0.1", f"{floor}.post1")]
    return not floors or any(specifiers.contains(version, prereleases=True) for version in near)
