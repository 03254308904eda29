"""A diagnosis's code, and what is declared of it once: in one list, from which pages, documents and
tests are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NoReturn


class Severity(str, Enum):
    """What a diagnosis means for the chapter. ERROR: the machine is not ready. WARNING: the chapter
    can be done.
    """

    ERROR = "error"
    WARNING = "warning"


class Code(str):
    """The stable kebab-case name of a diagnosis. It is a `str`, so it stands wherever a plain one
    may.

    `meaning` is the first line of its page. `checks` are the ids of the checks that may give it; a
    check that makes its page itself, as those of the tools do, lists its codes there. `severity` is
    None where some of its diagnoses are errors and others warnings. `automatic`: it may come with a
    fix that needs nobody.
    """

    __slots__ = ("automatic", "checks", "meaning", "severity")

    meaning: str
    checks: tuple[str, ...]
    severity: Severity | None
    automatic: bool

    def __new__(
        cls,
        name: str,
        meaning: str,
        checks: Sequence[str] = (),
        severity: Severity | None = Severity.ERROR,
        automatic: bool = False,
    ) -> Code:
        code = super().__new__(cls, name)
        given_by = (checks,) if isinstance(checks, str) else tuple(checks)
        parts = {"meaning": meaning, "checks": given_by, "severity": severity}
        for key, value in {**parts, "automatic": automatic}.items():
            object.__setattr__(code, key, value)
        return code

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"the code {self} is frozen")

    def __reduce__(self) -> tuple[type[Code], tuple[object, ...]]:
        """Copied and pickled whole: its parts are not set one by one."""
        return Code, (str(self), self.meaning, self.checks, self.severity, self.automatic)
