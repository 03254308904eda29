"""What envcheck would say of their machines: true to the contract, made of a course's own checks and
codes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import envcheck
from envcheck import Chapter, Code, Course, Severity

SYSTEMS = ("Windows", "Windows", "Windows", "macOS", "macOS", "Linux")
PYTHONS = ("3.11.9", "3.12.4", "3.12.4", "3.13.1")
# What classes meet most, first; of a course that has none of these, its own.
COMMON = (
    "kernelspec-other-python",
    "packages-missing",
    "venv-not-active",
    "jupyter-missing",
    "disk-low",
)


@dataclass(frozen=True)
class Machine:
    """A learner's, which stays the same from report to report."""

    alias: str
    system: str
    version: str


def machine_of(alias: str, chance: random.Random) -> Machine:
    """Somebody's machine, drawn by chance: its system and its Python."""
    return Machine(alias, chance.choice(SYSTEMS), chance.choice(PYTHONS))


def codes_of(course: Course, chapter: Chapter) -> list[Code]:
    """The codes that machines of this class are given, the commonest first."""
    given = {check.id for check in chapter.checks}
    own = [code for code in course.codes if given & {*code.checks}]
    common = [code for name in COMMON for code in own if code == name]
    return [*common, *(code for code in own if code not in common)][: len(COMMON)]


def document(
    machine: Machine, course: Course, chapter: Chapter, causes: Sequence[Code], seconds: float
) -> dict[str, Any]:
    """A report of a machine that meets these."""
    errors = [code for code in causes if code.severity is not Severity.WARNING]
    return {
        "schema": 1,
        "envcheck": envcheck.__version__,
        "started": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": seconds,
        "course": {"id": course.id, "revision": course.revision, "title": course.title},
        "chapters": [chapter.id],
        "verdict": "not-ready" if errors else "ready",
        "exit_code": 1 if errors else 0,
        "target": _target(machine),
        "checks": [
            _check(check.id, check.title, check.required, causes) for check in chapter.checks
        ],
        "diagnoses": [_diagnosis(code, chapter) for code in causes],
        "selection": {
            "only": [],
            "skip": [],
            "quick": False,
            "deep": False,
            "offline": False,
            "complete": True,
        },
        "alias": machine.alias,
    }


def _target(machine: Machine) -> dict[str, Any]:
    return {
        "python": "~/ml/.venv/bin/python",
        "version": machine.version,
        "implementation": "cpython",
        "prefix": "~/ml/.venv",
        "base_prefix": "/usr",
        "kind": "venv",
        "bits": 64,
        "located_by": "the active virtual environment",
        "os": {"name": machine.system, "version": ""},
    }


def _check(id: str, title: str, required: bool, causes: Sequence[Code]) -> dict[str, Any]:
    own = [code for code in causes if id in code.checks[:1]]
    warns = all(code.severity is Severity.WARNING for code in own)
    return {
        "id": id,
        "title": title,
        "status": ("warn" if warns else "fail") if own else "pass",
        "seconds": 0.4,
        "summary": _summary(own[0]) if own else "as the chapter needs it",
        "required": required,
        "diagnoses": [str(code) for code in own],
        "blocked_by": None,
        "skip_reason": None,
    }


def _diagnosis(code: Code, chapter: Chapter) -> dict[str, Any]:
    line = f"envcheck {chapter.id} --fix"
    return {
        "code": str(code),
        "severity": (code.severity or Severity.ERROR).value,
        "summary": _summary(code),
        "note": None,
        "evidence": {},
        "checks": [code.checks[0]],
        "fixes": [
            {
                "title": "let envcheck show the fix, and ask",
                "confidence": "likely",
                "automatic": False,
                "steps": [{"do": "tell", "text": f"Type {line}"}],
                "shell": {"posix": line, "powershell": line, "cmd": line},
            }
        ],
    }


def _summary(code: Code) -> str:
    return code.meaning[:1].lower() + code.meaning[1:]
