# -*- coding: utf-8 -*-
# Copyright (c) 2026, the envcheck developers
# MIT License (see LICENSE)
"""A report in a sentence: what keeps the machine from being ready, and the next step."""

from __future__ import annotations

import json

LARGEST = 2000000  # bytes of a report, as envcheck's class reads it
VERDICTS = ("ready", "not-ready", "undetermined")


def read(text):
    """The report in what envcheck printed; None where that is none."""
    try:
        report = json.loads(text) if len(text) <= LARGEST else None
    except ValueError:
        return None
    whole = isinstance(report, dict) and report.get("verdict") in VERDICTS
    return report if whole and isinstance(report.get("diagnoses"), list) else None


def sentence(report):
    """What a person is told of it."""
    about = ", ".join(str(name) for name in report.get("chapters") or ["what was asked for"])
    if report["verdict"] == "ready":
        return "Ready for %s." % about
    start = "Not ready for %s" % about
    if report["verdict"] == "undetermined":
        start = "envcheck could not tell whether this machine is ready for %s" % about
    causes = [cause for cause in report["diagnoses"] if isinstance(cause, dict)]
    if not causes:
        return "%s: %s" % (start, _without_cause(report))
    cause = causes[0]
    more = " (and %d more)" % (len(causes) - 1) if causes[1:] else ""
    return "%s: %s [%s]%s.%s" % (start, cause.get("summary"), cause.get("code"), more, _fix(cause))


def codes(report):
    """The causes of a report, by their codes."""
    return sorted(
        str(cause.get("code")) for cause in report["diagnoses"] if isinstance(cause, dict)
    )


def can_be_fixed(report):
    """Whether envcheck is sure of a fix for any of them."""
    causes = [cause for cause in report["diagnoses"] if isinstance(cause, dict)]
    fixes = [fix for cause in causes for fix in cause.get("fixes") or []]
    return any(isinstance(fix, dict) and fix.get("automatic") is True for fix in fixes)


def _without_cause(report):
    checks = [c for c in report.get("checks") or [] if isinstance(c, dict)]
    for check in checks:
        if check.get("status") in ("fail", "error"):
            return "%s: %s." % (check.get("title"), check.get("summary"))
    return "nothing was proved."


def _fix(cause):
    fixes = cause.get("fixes") or []
    if not fixes or not isinstance(fixes[0], dict):
        return ""
    line = (fixes[0].get("shell") or {}).get("posix") or ""
    return " Next step: %s%s" % (fixes[0].get("title"), ": " + line if line else "")
