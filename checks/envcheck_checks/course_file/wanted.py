"""What a chapter wants installed, as the files of the course say, for the Python that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from envcheck import Check, Environment, Outcome
from envcheck.course_file.values import AT_LEAST
from envcheck.declared.declared import Declared
from envcheck.target.interpreter import interpreter
from envcheck.versions import normal_name, requirement
from envcheck_checks.course_file.modules import module_of
from envcheck_checks.installed.requirements import marker_variables
from envcheck_checks.stack import Package, Stack

JUPYTER = Stack(())


@dataclass(frozen=True)
class Wanted:
    """`pins` says what an exact version means; `jupyter` whether the chapter has notebooks."""

    requirements: tuple[Declared, ...]
    pins: str = AT_LEAST
    jupyter: bool = False

    @property
    def everything(self) -> tuple[str, ...]:
        """The requirements of an environment that has nothing yet."""
        asked = dict.fromkeys(
            loosened(declared.requirement, self.pins) for declared in self.requirements
        )
        return (*(JUPYTER.everything if self.jupyter else ()), *asked)

    def stack(self, env: Environment) -> Stack:
        """The same for this Python: what its markers let through, each once, with its module."""
        python = interpreter(env)
        asked: dict[str, list[str]] = {}
        extras: dict[str, set[str]] = {}
        for declared in self.requirements:
            wanted = requirement(
                loosened(declared.requirement, self.pins), marker_variables(python)
            )
            if wanted is not None:
                name = normal_name(wanted.name)
                asked.setdefault(name, []).extend(filter(None, [str(wanted.specifier)]))
                extras.setdefault(name, set()).update(wanted.extras)
        packages = (
            Package(
                _written(name, extras[name], asked[name]), module_of(python, name), stated=False
            )
            for name in asked
        )
        return Stack(tuple(packages)) if self.jupyter else Stack(tuple(packages), (), "")

    def check(self, scope: str, make: Callable[[Stack], Check]) -> Check:
        """A check whose stack is known when it runs: what `make` gives, in this chapter alone."""
        return replace(make(self.named), examine=partial(_examine, self, make), scope=scope)

    @property
    def named(self) -> Stack:
        """The packages by their names alone, for what is said before a Python was questioned."""
        names = dict.fromkeys(
            wanted.name
            for declared in self.requirements
            if (wanted := requirement(declared.requirement.partition(";")[0], {})) is not None
        )
        return Stack(tuple(map(Package, names)))


def _examine(wanted: Wanted, make: Callable[[Stack], Check], env: Environment) -> Outcome:
    return make(wanted.stack(env)).examine(env)


def loosened(text: str, pins: str) -> str:
    """The requirement, with an exact version taken as the lowest one unless pins are exact."""
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

    wanted = Requirement(text)
    if pins == AT_LEAST:
        parts = [
            f">={part.version.removesuffix('.*')}" if part.operator in ("==", "===") else str(part)
            for part in wanted.specifier
        ]
        wanted.specifier = SpecifierSet(",".join(sorted(parts)))
    return str(wanted)


def _written(name: str, extras: set[str], specifiers: Sequence[str]) -> str:
    inside = f"[{','.join(sorted(extras))}]" if extras else ""
    return f"{name}{inside}{','.join(dict.fromkeys(specifiers))}"
