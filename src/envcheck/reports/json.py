"""The report for programs: one JSON object, ASCII only, so that no locale can spoil it."""

from __future__ import annotations

import json

from envcheck.reports.document import document
from envcheck.run.report import Report


def render(report: Report) -> str:
    """The report as JSON, indented."""
    return json.dumps(document(report), indent=1) + "\n"
