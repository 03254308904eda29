"""What a chapter wants installed, as the files of the course say, for the Python that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from envcheck import Check, Environment, Outcome
from envcheck.course_file.reading import wants_jupyter
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.declared.declared import Declared
from envcheck.required import Lists
from envcheck.target.fulfilled import comparable, marker_variables, named
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import name_of, normal_name, requirement
from envcheck_checks.course_file.modules import module_of
from envcheck_checks.stack import Package, Stack

if TYPE_CHECKING:
    from packaging.requirements import Requirement

JUPYTER = Stack(())


@dataclass(frozen=True)
class Wanted:
    """`jupyter`: the chapter has notebooks; `lists` are its files of packages, by their paths; `further`
    are names that no list has, and that are of no public index either.
    """

    requirements: tuple[Declared, ...]
    jupyter: bool = False
    lists: tuple[str, ...] = ()
    further: frozenset[str] = frozenset()

    @property
    def condas(self) -> frozenset[str]:
        """Names that pip must not install from an index: only conda's lists have them, or they are `ours`."""
        rows = [(normal_name(name_of(row.requirement)), row.on_index) for row in self.requirements]
        only = frozenset(name for name, _ in rows) - {name for name, by_pip in rows if by_pip}
        return only | self.ours

    @property
    def ours(self) -> frozenset[str]:
        """Those of them that come from the course, a folder, an address or an index of its own, whatever another list says."""
        return frozenset(
            normal_name(name_of(row.requirement))
            for row in self.requirements
            if not row.on_index and not row.conda
        ).union(self.further)

    @property
    def addressed(self) -> frozenset[str]:
        """Those of them whose address or index pip knows: who has installed them has their metadata."""
        return frozenset(
            normal_name(name_of(row.requirement))
            for row in self.requirements
            if row.address or row.index
        )

    def with_needs(self, python: Interpreter) -> Wanted:
        """The same with what those need in turn that come from an index of the course's own: nobody says
        that theirs are in the public one.
        """
        named = {normal_name(name_of(row.requirement)) for row in self.requirements}
        of_own = [normal_name(name_of(row.requirement)) for row in self.requirements if row.index]
        further: set[str] = set()
        while of_own:
            there = python.installed.get(of_own.pop())
            needs = {normal_name(name_of(text)) for text in (there.requires if there else ())}
            of_own += needs - named - further
            further |= needs - named
        return replace(self, further=frozenset(further)) if further else self

    @property
    def everything(self) -> tuple[str, ...]:
        """The requirements of an environment that has nothing yet."""
        condas = self.condas
        asked = dict.fromkeys(
            declared.requirement
            for declared in self.requirements
            if declared.on_index and normal_name(name_of(declared.requirement)) not in condas
        )
        return (*(JUPYTER.everything if self.jupyter else ()), *asked)

    def stack(self, env: Environment) -> Stack:
        """The same for this Python: what its markers let through, each once, with its module."""
        python = interpreter(env)
        asked: dict[str, list[Requirement]] = {}
        for declared in self.requirements:
            wanted = requirement(declared.requirement, marker_variables(python))
            if wanted is not None:
                own = normal_name(wanted.name)
                name = own if own in self.ours else named(python, wanted)
                asked.setdefault(name, []).append(wanted)
        packages = (_package(python, name, rows) for name, rows in asked.items())
        empty = JUPYTER if self.jupyter else Stack((), (), "")
        return replace(empty, packages=tuple(packages), lists=self.lists)

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


def wanted_by(file: CourseFile, chapter: CourseChapter, lists: Lists) -> Wanted:
    """What the chapter wants by the course's `lists`, and by its own packages, taken as written."""
    # An address is refused there: these are names of an index.
    own = [Declared(package, file.file.name, on_index=True) for package in chapter.asked.packages]
    paths = tuple(str(file.folder / name) for name in chapter.asked.requires)
    return Wanted((*lists.packages, *own), wants_jupyter(chapter), paths)


def _examine(wanted: Wanted, make: Callable[[Stack], Check], env: Environment) -> Outcome:
    return make(wanted.stack(env)).examine(env)


def _package(python: Interpreter, name: str, rows: Sequence[Requirement]) -> Package:
    """One package for all that is asked of it, whatever build of it each row names."""
    own = normal_name(rows[0].name)
    return Package(
        _written(name, rows, partial(comparable, python, name)),
        module_of(python, name),
        stated=False,
        instead_of=_written(own, rows) if own != name else "",
    )


def _written(
    name: str, rows: Sequence[Requirement], as_compared: Callable[[str], str] = str
) -> str:
    extras = sorted({extra for row in rows for extra in row.extras})
    inside = f"[{','.join(extras)}]" if extras else ""
    specifiers = filter(None, (as_compared(str(row.specifier)) for row in rows))
    return f"{name}{inside}{','.join(dict.fromkeys(specifiers))}"
