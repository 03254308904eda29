"""What was handed in: a report that can be read, or a file that cannot, with the reason. Everything
in it is a stranger's word: it is shown, and never carried out or believed to be harmless.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from envcheck.classroom.when import time_of
from envcheck.printable import one_line
from envcheck.shape import fits, read_value

LARGEST = 2_000_000  # bytes of a report; a real one has 10,000 to 60,000
SCHEMA = 1
# What a report must have for us; the rest of the contract (report.schema.json) is not needed here.
SYSTEM = {"name?": str, "version?": str, "machine?": str}
EVIDENCE = {"found?": str, "wanted?": str, "looked_in?": str}
SHELL = {"posix?": str, "powershell?": str, "cmd?": str}
SHAPE: Mapping[str, Any] = {
    "envcheck": str,
    "started": str,
    "course": {"id": str, "revision": str, "title?": str},
    "chapters": [str],
    "verdict": str,
    "exit_code": int,
    "target": {"python?": str, "version?": str, "os": SYSTEM},
    "checks": [
        {
            "id": str,
            "title": str,
            "status": str,
            "summary": str,
            "required": bool,
            "selected?": bool,
            "blocked_by?": str,
            "skip_reason?": str,
        },
    ],
    "diagnoses": [
        {
            "code": str,
            "severity": str,
            "summary": str,
            "evidence": EVIDENCE,
            "checks": [str],
            "fixes": [{"title": str, "automatic": bool, "shell": SHELL}],
        }
    ],
    "interrupted?": bool,
    "selection?": {"complete": bool},
    "alias?": str,
}
VERDICTS = ("ready", "not-ready", "undetermined")
# Crockford's base 32: no letter that is taken for a digit when it is read out.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
OTHER_FORMATS = (
    (b"<!DOCTYPE html", "a web page; of a report it is the JSON that is read"),
    (b"<html", "a web page; of a report it is the JSON that is read"),
    (b"<?xml", "XML; of a report it is the JSON that is read"),
    (b"%PDF", "a PDF; of a report it is the JSON that is read"),
    (b"\x89PNG", "a picture; of a report it is the JSON that is read"),
    (b"\xff\xd8\xff", "a picture; of a report it is the JSON that is read"),
)


@dataclass(frozen=True)
class Handed:
    """A report. `place` is where it lay, `receipt` stands for its exact bytes, `machine` counts
    those that send under one alias to a server; 0 where there was none to count them. `standing` is
    what the whole report bears out, where this document is only a part of it.
    """

    place: str
    receipt: str
    document: Mapping[str, Any]
    machine: int = 0
    standing: str = ""

    @cached_property
    def started(self) -> datetime:
        """When the run began, by the clock of the machine that it describes."""
        return time_of(self.document["started"])

    @cached_property
    def alias(self) -> str:
        """The name that the learner chose; empty where none was."""
        return one_line(self.document.get("alias") or "")

    @property
    def course(self) -> str:
        """The id of the course that it is about."""
        return str(self.document["course"]["id"])

    @property
    def revision(self) -> str:
        """The revision of that course; another one asked for something else."""
        return str(self.document["course"]["revision"])

    @cached_property
    def system(self) -> str:
        """Windows, macOS, Linux; empty where the report does not say."""
        return one_line(self.document["target"]["os"].get("name") or "")


@dataclass(frozen=True)
class Unreadable:
    """A file that is no report, and why."""

    place: str
    reason: str


def read(place: str, data: bytes) -> Handed | Unreadable:
    """The report in these bytes. PowerShell's `>` writes UTF-16: that is read too."""
    if len(data) > LARGEST:
        return Unreadable(place, f"larger than {LARGEST // 1_000_000} MB, which no report is")
    document = read_value(data)
    if document is None:
        return Unreadable(place, _not_json(data))
    reason = _no_report(document)
    return Unreadable(place, reason) if reason else Handed(place, receipt(data), document)


def receipt(data: bytes) -> str:
    """Eight letters that stand for these bytes and can be read out."""
    return receipt_of(hashlib.sha256(data).digest())


def receipt_of(digest: bytes) -> str:
    """The receipt of a report, eight letters as of `receipt`, from the SHA-256 of its bytes."""
    number = int.from_bytes(digest[:5], "big")
    return "".join(DIGITS[number >> shift & 31] for shift in range(35, -1, -5))


def _not_json(data: bytes) -> str:
    if not data.strip():
        return "empty"
    start = data[:200].lstrip().lstrip(b"\xef\xbb\xbf")
    return next(
        (reason for mark, reason in OTHER_FORMATS if start.lower().startswith(mark.lower())),
        "not JSON, or cut short",
    )


def _no_report(document: object) -> str:
    """Why this JSON is no report of ours; empty where it is one."""
    if not isinstance(document, dict) or "schema" not in document or "envcheck" not in document:
        return "JSON, and no report of envcheck"
    schema = document["schema"]
    if schema != SCHEMA or isinstance(schema, bool):
        newer = isinstance(schema, int) and schema > SCHEMA
        return (
            f"made by a newer envcheck (schema {schema}): install the newest one here"
            if newer
            else "of a schema that never was"
        )
    try:
        time_of(str(document.get("started")))
    except ValueError:
        return "a report without the time of its run"
    whole = fits(document, SHAPE) and document["verdict"] in VERDICTS
    return "" if whole else "a report of which parts are missing or changed"
