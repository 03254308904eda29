"""The times that reports and records hold."""

from __future__ import annotations

import re
from datetime import datetime, timezone

WHEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
FORM = "%Y-%m-%dT%H:%M:%SZ"


def time_of(text: str) -> datetime:
    """The time in such a text. Raises ValueError."""
    if not WHEN.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=timezone.utc)


def text_of(time: datetime) -> str:
    """The same, the other way."""
    return time.astimezone(timezone.utc).strftime(FORM)
