"""envcheck: says whether a machine can do a course's chapter, by doing it. These are the names an
author may import.
"""

from typing import TYPE_CHECKING

# Each is imported when it is asked for: a command that runs no check, such as `--help` or `adopt`, does not wait for
# what starts programs.
if TYPE_CHECKING:
    from envcheck.code import Code, Severity
    from envcheck.environment import Environment, fact
    from envcheck.lazy import Lazy
    from envcheck.model import (
        Chapter,
        Check,
        Confidence,
        Cost,
        Course,
        Diagnosis,
        Evidence,
        Fine,
        Fix,
        NotDone,
        Outcome,
        Rename,
        Run,
        SetEnv,
        Skipped,
        Status,
        Step,
        Tell,
        Unknown,
        UnsetEnv,
        UsePython,
        Write,
    )
    from envcheck.outcomes import check, fail, ok, skip, unknown, warn

__version__ = "0.1.0"

__all__ = [
    "Chapter",
    "Check",
    "Code",
    "Confidence",
    "Cost",
    "Course",
    "Diagnosis",
    "Environment",
    "Evidence",
    "Fine",
    "Fix",
    "Lazy",
    "NotDone",
    "Outcome",
    "Rename",
    "Run",
    "SetEnv",
    "Severity",
    "Skipped",
    "Status",
    "Step",
    "Tell",
    "Unknown",
    "UnsetEnv",
    "UsePython",
    "Write",
    "check",
    "fact",
    "fail",
    "ok",
    "skip",
    "unknown",
    "warn",
]

if not TYPE_CHECKING:  # with a function of that name, mypy would take every word for one of ours

    def __getattr__(name: str) -> object:
        """A name of `__all__`, from the room in which it lives."""
        from importlib import import_module

        if name in __all__:
            for room in ("model", "outcomes", "environment", "code", "lazy"):
                if name in (there := vars(import_module(f"{__name__}.{room}"))):
                    return there[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
