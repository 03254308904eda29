"""The visits as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import envcheck
from envcheck.hub.alias import alias_of
from envcheck.hub.rounds import exit_code, percentiles
from envcheck.hub.text import About, in_order
from envcheck.hub.visit import Visit


def render(visits: Sequence[Visit], about: About, seconds: float) -> str:
    """Keys may be added, never renamed."""
    document = {
        "schema": 1,
        "kind": "hub",
        "envcheck": envcheck.__version__,
        "hub": about.host,
        "version": about.version,
        "chapters": [*about.asked],
        "at_a_time": about.jobs,
        "seconds": round(seconds, 3),
        "exit_code": exit_code(visits),
        "ready_seconds": {str(part): round(of, 3) for part, of in percentiles(visits).items()},
        "users": [_user(visit) for visit in in_order(visits)],
    }
    return json.dumps(document, indent=1) + "\n"


def _user(visit: Visit) -> dict[str, Any]:
    return {
        "user": visit.user,
        "alias": alias_of(visit.user),
        "state": visit.state.value if visit.state else "no report",
        "reason": visit.reason or None,
        "ready_seconds": None if visit.ready is None else round(visit.ready, 3),
        "seconds": round(visit.seconds, 3),
        "still_running": visit.running or None,
        "report": visit.report.document if visit.report else None,
    }
