"""The shape of a Python's description of itself, as target/probe.py gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from envcheck.shape import fits

DISTRIBUTION = {"entry": str, "folder": str, "name?": str, "version?": str, "requires?": [str]}
DESCRIPTION = {
    **{name: str for name in ("executable", "version", "implementation", "prefix", "base_prefix")},
    **{"bits": int, "path": [str], "machine?": str, "suffix?": str, "stdlib_names?": [str]},
    **{"no_certificates?": [str], "no_https?": str, "folder?": str, "umask?": int},
    **{"gaps?": {str}, "paths?": {str}, "distributions?": [DISTRIBUTION]},
    "user_site?": {"folder?": str, "base?": str},
}


def is_description(answer: Mapping[str, Any]) -> bool:
    """Whether an answer is the probe's: who answers for a Python may say anything."""
    return fits(answer, DESCRIPTION) and bool(re.match(r"\d+\.\d+", answer["version"]))
