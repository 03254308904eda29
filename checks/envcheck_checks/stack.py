"""What a chapter needs installed: named once, used by every check that looks at packages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from envcheck import Environment
from envcheck.target.interpreter import Distribution, interpreter
from envcheck.versions import allows, at_most, extras_of, name_of, normal_name


@dataclass(frozen=True)
class Package:
    """A distribution with the versions that do the chapter's work, and the module that learners
    import. `stated`: that module's `__version__` is the distribution's. `instead_of` is the requirement
    that it answers as another build of the library.
    """

    requirement: str
    module: str = ""
    stated: bool = True
    instead_of: str = ""

    @property
    def name(self) -> str:
        """The distribution's name, normalised (PEP 503)."""
        return normal_name(name_of(self.requirement))

    @property
    def imported(self) -> str:
        """The module to import."""
        return self.module or self.name.replace("-", "_")

    @property
    def extras(self) -> tuple[str, ...]:
        """The extras that are asked for with it."""
        return extras_of(self.requirement)

    @property
    def wanted(self) -> str:
        """The requirement as the course has it."""
        return self.instead_of or self.requirement

    @property
    def versions(self) -> str:
        """The PEP 440 specifier of the requirement; empty where any version will do."""
        words = self.requirement.partition(";")[0]
        return re.sub(r"^[^<>=!~]*", "", words).strip()

    def allows(self, version: str) -> bool:
        """Whether the requirement takes this version."""
        return allows(self.versions, version)

    def is_newer_than(self, version: str) -> bool:
        """Whether it asks for more than this version, or for one that can be compared with no other."""
        return not at_most(self.versions, version)


@dataclass(frozen=True)
class Stack:
    """The chapter's packages, and what Jupyter itself is made of. Any one of `launchers`
    will do; without any, and without a kernel, the chapter has no notebooks. `lists` are files of the
    course that ask for them, by their paths.
    """

    packages: tuple[Package, ...]
    launchers: tuple[str, ...] = ("notebook", "jupyterlab")
    kernel: str = "ipykernel"
    lists: tuple[str, ...] = ()

    @property
    def everything(self) -> tuple[str, ...]:
        """The requirements of an environment that has nothing yet."""
        jupyter = [name for name in (*self.launchers[:1], self.kernel) if name]
        return (*jupyter, *(package.wanted for package in self.packages))

    def spoken(self, requirements: Iterable[str]) -> list[str]:
        """`Jupyter` for its launcher and kernel together, the packages by their names."""
        plain = [name_of(requirement) for requirement in requirements]
        launcher = self.launchers[:1]
        if not any(name in plain for name in launcher):
            return plain
        return ["Jupyter", *(name for name in plain if name not in (*launcher, self.kernel))]


def distribution(env: Environment, name: str) -> Distribution | None:
    """The installed distribution of this name; None where there is none. Raises LookupError where
    the target does not answer.
    """
    return interpreter(env).installed.get(normal_name(name))


def short(version: str) -> str:
    """A version as it is spoken: two numbers."""
    return ".".join(version.split(".")[:2])
