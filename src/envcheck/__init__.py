"""envcheck: says whether a machine can do a course's chapter, by doing it. These are the names an
author may import.
"""

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
