"""What a chapter asks before all else: its Python, the environment that it is of, and pip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from envcheck import Check
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.right_environment import right_environment
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.pip.check import pip
from envcheck_checks.python.check import python


@dataclass(frozen=True)
class FirstChecks:
    """`environment` is there where the course names one of conda's, `installer` where something must be
    installed.
    """

    python: Check
    environment: tuple[Check, ...] = ()
    installer: tuple[Check, ...] = ()

    @property
    def every(self) -> tuple[Check, ...]:
        """In the order in which they are shown."""
        return (self.python, *self.environment, *self.installer)

    @property
    def of_packages(self) -> tuple[Check, ...]:
        """Those whose failure explains what is missing."""
        return (*self.environment, *self.installer)


def first_checks(wanted: Wanted, conda: str, versions: str, place: ChapterPlace) -> FirstChecks:
    """`conda` names an environment, or is empty; `versions` is a specifier of Pythons."""
    environment: tuple[Check, ...] = ()
    installer: tuple[Check, ...] = ()
    if conda:
        environment = (right_environment(conda, wanted, versions, place),)
    first = replace(
        python(versions, wanted.everything), explained_by=environment, scope=place.scope
    )
    if wanted.requirements or wanted.jupyter:
        checked = wanted.check(place.scope, partial(pip, needs=(first,)))
        installer = (replace(checked, explained_by=environment),)
    return FirstChecks(first, environment, installer)
