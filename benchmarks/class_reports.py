"""Reports of the usual size, as a learner's envcheck sends them."""

from __future__ import annotations

import json

from envcheck_checks.courses.ml_for_software_engineers import COURSE

SIZE = 8_000  # bytes of a report
CHECKS = 12
CAUSES = 20  # different ones in a class
STUCK = 3  # one learner in so many is


def request(code: str, alias: str, key: int, seconds: float = 0.0, *, stuck: bool = False) -> bytes:
    """A whole request with a report. Other seconds make another report of the same learner."""
    body = report(alias, key, seconds, stuck=stuck)
    head = (
        "POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {code}\r\nEnvcheck-Key: {key:064x}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def is_stuck(learner: int) -> bool:
    """Whether this one's machine is not ready."""
    return learner % STUCK == 0


def report(alias: str, number: int, seconds: float = 0.0, *, stuck: bool = False) -> bytes:
    """The bytes of a report; the number says which cause meets somebody who is stuck."""
    whole = {
        "schema": 1,
        "envcheck": "0.1.0",
        "started": "2026-11-28T10:00:00Z",
        "seconds": float(seconds),
        "course": {"id": COURSE.id, "revision": COURSE.revision, "title": COURSE.title},
        "chapters": ["chapter2"],
        "verdict": "not-ready" if stuck else "ready",
        "exit_code": int(stuck),
        "alias": alias,
        "target": _target(),
        "checks": [_check(one) for one in range(CHECKS)],
        "diagnoses": [_cause(number % CAUSES)] if stuck else [],
    }
    body = json.dumps(whole)
    return (body[:-1] + ', "filled": "' + "y" * (SIZE - len(body) - 14) + '"}').encode()


def _target() -> dict[str, object]:
    return {
        "python": "~/p",
        "version": "3.12.4",
        "implementation": "cpython",
        "prefix": "~",
        "base_prefix": "/usr",
        "kind": "venv",
        "bits": 64,
        "located_by": "PATH",
        "os": {"name": "Linux", "version": "12"},
    }


def _check(number: int) -> dict[str, object]:
    return {
        "id": f"check-{number}",
        "title": "A check",
        "status": "pass",
        "summary": "x" * 300,
        "seconds": 0.5,
        "required": True,
        "blocked_by": None,
        "skip_reason": None,
        "diagnoses": [],
    }


def _cause(number: int) -> dict[str, object]:
    return {
        "code": f"cause-{number}",
        "severity": "error",
        "summary": "it is not there",
        "note": None,
        "evidence": {},
        "checks": ["check-1"],
        "fixes": [],
    }
