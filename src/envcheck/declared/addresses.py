"""Where a table of Poetry's, Pipenv's, pixi's or uv's takes a package from, if from no index."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

VERSIONED = ("git", "hg", "svn", "bzr")
FILES = ("url", "file")
OWN = ("path", "workspace")  # a folder of the course's
REVISIONS = ("rev", "ref", "tag", "branch")
SCP = re.compile(r"(?P<user>[\w.-]+@[\w.-]+):(?P<path>[^/].*)")  # git@github.com:somebody/kit.git


def is_of_no_index(details: Mapping[str, Any]) -> bool:
    """Whether the package comes from a folder or an address: an index that has its name has another."""
    return any(key in details for key in (*VERSIONED, *FILES, *OWN))


def address(details: Mapping[str, Any]) -> str:
    """The address in pip's spelling; empty where it is a folder, or no address that pip knows."""
    for key in FILES:
        if isinstance(details.get(key), str) and "://" in details[key]:
            return str(details[key])
    for key in VERSIONED:
        if isinstance(details.get(key), str):
            return _of_repository(key, details[key], details)
    return ""


def _of_repository(kind: str, place: str, details: Mapping[str, Any]) -> str:
    if match := SCP.fullmatch(place):
        place = f"ssh://{match['user']}/{match['path']}"
    if "://" not in place:
        return ""
    revision = next((details[key] for key in REVISIONS if isinstance(details.get(key), str)), "")
    below = details.get("subdirectory")
    return (
        f"{kind}+{place}"
        + (f"@{revision}" if revision else "")
        + (f"#subdirectory={below}" if isinstance(below, str) and below else "")
    )
