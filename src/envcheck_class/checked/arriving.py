"""From the bytes that came in to what is kept of them, or why nothing is."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Struct

from envcheck.classroom.handed_in import SCHEMA, receipt_of
from envcheck_class.checked import contract
from envcheck_class.checked.brief import alias_of, brief, is_ready

LARGEST = 1 << 20  # bytes of a report


class Checked(Struct, frozen=True):
    """A report that can be kept. `digest` is the SHA-256 of `body`, `receipt` can be read out."""

    alias: str
    receipt: str
    digest: bytes
    ready: bool
    brief: bytes
    body: bytes


class Refused(Struct, frozen=True):
    """Why it is not kept: an HTTP status, a code for programs, a sentence for people."""

    status: int
    code: str
    message: str


def check(body: bytes, chapter: str) -> Checked | Refused:
    """The report in these bytes, for a class about this chapter."""
    try:
        report = contract.decode(body)
    except ValueError as error:
        return _no_report(body, str(error))
    alias = alias_of(report)
    if not alias:
        return Refused(409, "no-alias", "The report has no alias: make it with --as NAME.")
    if chapter not in report.chapters:
        return Refused(400, "other-chapter", f"This class is about {chapter}.")
    short = brief(report)
    digest = hashlib.sha256(body).digest()
    return Checked(
        alias, receipt_of(digest), digest, is_ready(short), msgspec.json.encode(short), body
    )


def _no_report(body: bytes, reason: str) -> Refused:
    schema = contract.schema_of(body)
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        message = f"The report is of schema {schema}, made by a newer envcheck than the server's."
        return Refused(400, "newer-schema", message)
    return Refused(400, "not-a-report", f"This is no report of envcheck: {reason[:200]}.")
