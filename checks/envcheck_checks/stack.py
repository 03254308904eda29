"""What a chapter needs installed: named once, used by every check that looks at packages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from envcheck import Environment
from envcheck.target.interpreter import Distribution, interpreter
from envcheck.versions import allows, normal_name

NAME = re.compile(r"(?=[^A-Za-z0-9._-])")  # where a requirement's name ends


@dataclass(frozen=True)
class Package:
    """A distribution with the lowest version that does the chapter's work, and the module that
    learners import.
    """

    requirement: str
    module: str = ""

    @property
    def name(self) -> str:
        """The distribution's name, normalised (PEP 503)."""
        return normal_name(NAME.split(self.requirement, maxsplit=1)[0])

    @property
    def imported(self) -> str:
        """The module to import."""
        return self.module or self.name.replace("-", "_")

    def allows(self, version: str) -> bool:
        """Whether the requirement takes this version."""
        specifier = self.requirement[len(NAME.split(self.requirement, maxsplit=1)[0]) :]
        return allows(specifier, version)


@dataclass(frozen=True)
class Stack:
    """The chapter's packages, and what Jupyter itself is made of. Any one of `launchers`
    will do.
    """

    packages: tuple[Package, ...]
    launchers: tuple[str, ...] = ("notebook", "jupyterlab")
    kernel: str = "ipykernel"

    @property
    def everything(self) -> tuple[str, ...]:
        """Requirements for an environment that has nothing yet."""
        return (self.launchers[0], self.kernel, *(package.requirement for package in self.packages))


def distribution(env: Environment, name: str) -> Distribution | None:
    """The installed distribution of this name; None where there is none. Raises LookupError where
    the target does not answer.
    """
    return interpreter(env).installed.get(normal_name(name))


def short(version: str) -> str:
    """A version as it is spoken: two numbers."""
    return ".".join(version.split(".")[:2])
