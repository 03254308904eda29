"""Reports of a class, small and true to the schema."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from envcheck.classroom.handed_in import Handed, read
from envcheck.classroom.owner import Owner
from envcheck.classroom.sources import File

NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
FIX = {
    "title": "give this environment its own kernel",
    "confidence": "sure",
    "automatic": True,
    "steps": [{"do": "run", "argv": ["python", "-m", "ipykernel", "install", "--sys-prefix"]}],
    "shell": {
        "posix": "python -m ipykernel install --sys-prefix",
        "powershell": "python -m ipykernel install --sys-prefix",
        "cmd": "python -m ipykernel install --sys-prefix",
    },
}


def cause(
    code: str = "kernelspec-other-python",
    severity: str = "error",
    summary: str = "the kernel starts another Python",
    check: str = "chapter2.kernel",
) -> dict[str, Any]:
    """A diagnosis that the kernel's check met."""
    return {
        "code": code,
        "severity": severity,
        "summary": summary,
        "note": None,
        "evidence": {"found": "~/anaconda3/bin/python", "wanted": "~/ml/.venv/bin/python"},
        "checks": [check],
        "fixes": [copy.deepcopy(FIX)],
    }


def check(id: str, status: str = "pass", required: bool = True, **more: Any) -> dict[str, Any]:
    """A check's row."""
    return {
        "id": f"chapter2.{id}",
        "title": id.capitalize(),
        "status": status,
        "seconds": 0.1,
        "summary": f"{id} {status}",
        "required": required,
        "selected": True,
        "diagnoses": [],
        "blocked_by": None,
        "skip_reason": "skipped" if status == "skip" else None,
        **more,
    }


def document(
    verdict: str = "ready",
    causes: Sequence[Mapping[str, Any]] = (),
    *,
    checks: Sequence[Mapping[str, Any]] | None = None,
    complete: bool = True,
    system: str = "Linux",
    **changed: Any,
) -> dict[str, Any]:
    """A report's JSON value."""
    failing = any(one["severity"] == "error" for one in causes)
    rows = (
        checks
        if checks is not None
        else [check("python"), check("kernel", "fail" if failing else "pass")]
    )
    codes = {"ready": 0, "not-ready": 1, "undetermined": 3}
    return {
        "schema": 1,
        "envcheck": "0.1.0",
        "started": "2026-11-28T10:00:00Z",
        "seconds": 3.1,
        "course": {"id": "ml", "revision": "2026-11", "title": "ML"},
        "chapters": ["chapter2"],
        "tracks": [],
        "verdict": verdict,
        "exit_code": codes[verdict],
        "target": {
            "python": "~/ml/.venv/bin/python",
            "version": "3.12.4",
            "implementation": "cpython",
            "prefix": "~/ml/.venv",
            "base_prefix": "/usr",
            "kind": "venv",
            "bits": 64,
            "located_by": "the active virtual environment",
            "os": {"name": system, "version": "12"},
        },
        "checks": list(rows),
        "diagnoses": list(causes),
        "selection": {
            "only": [],
            "skip": [],
            "quick": not complete,
            "deep": False,
            "offline": False,
            "complete": complete,
        },
        "alias": None,
        **changed,
    }


def handed(value: Mapping[str, Any], place: str = "report.json") -> Handed:
    """The report as it is read."""
    content = read(place, json.dumps(value).encode())
    assert isinstance(content, Handed), content
    return content


def file(place: str, value: Mapping[str, Any] | bytes) -> File:
    """A file of that name with this in it."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return File(tuple(place.split("/")), read(place, data))


STUCK = document("not-ready", [cause()])
NOBODY = Owner()
