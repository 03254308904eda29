"""The report as one JSON value, version 1 (schema: report.schema.json). Every program reads this
one.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import envcheck
from envcheck.model import Evidence, Fix, Step
from envcheck.reports import waived
from envcheck.run.report import Report, RootCause
from envcheck.run.result import CheckResult, TargetSummary
from envcheck.target import shells


def document(report: Report) -> dict[str, Any]:
    """Plain dicts, lists, strings and numbers. Take a scrubbed report: nothing is made private
    here.
    """
    return {
        "schema": 1,
        "envcheck": envcheck.__version__,
        "started": report.started,
        "seconds": round(report.seconds, 2),
        "course": {
            "id": report.course_id,
            "revision": report.course_revision,
            "title": report.course_title,
            "file": report.course_file or None,
            "help": report.course_help or None,
        },
        "chapters": list(report.chapters),
        "tracks": list(report.tracks),
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "target": _target(report.target),
        "checks": [_check(result) for result in report.results],
        "diagnoses": [_cause(cause) for cause in report.causes],
        "selection": _selection(report),
        "strict": report.strict,
        "interrupted": report.interrupted,
        "alias": str(report.alias) if report.alias else None,
        "broken_plugins": list(report.broken),
        "hints": list(report.hints),
    }


def _selection(report: Report) -> dict[str, Any]:
    return {
        "only": list(report.selection.only),
        "skip": list(report.selection.skip),
        "quick": report.options.quick,
        "deep": report.options.deep,
        "offline": report.options.offline,
        "notebooks": report.options.notebooks,
        "complete": report.complete,
    }


def _target(target: TargetSummary) -> dict[str, Any]:
    return {
        "python": target.python,
        "version": target.version,
        "implementation": target.implementation,
        "prefix": target.prefix,
        "base_prefix": target.base_prefix,
        "kind": target.kind,
        "bits": target.bits,
        "located_by": target.located_by,
        "answered": target.answered,
        "os": dict(target.os),
    }


def _check(result: CheckResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "status": result.status.value,
        "started": result.started,
        "seconds": result.seconds,
        "summary": result.summary,
        "required": result.required,
        "selected": result.selected,
        "needs": list(result.needs),
        "diagnoses": [diagnosis.code for diagnosis in result.diagnoses],
        "blocked_by": result.blocked_by,
        "skip_reason": result.skip_reason,
        "typed": result.typed or None,
        **waived.document(result),
    }


def _cause(cause: RootCause) -> dict[str, Any]:
    diagnosis = cause.diagnosis
    return {
        "code": diagnosis.code,
        "severity": diagnosis.severity.value,
        "summary": diagnosis.summary,
        "note": diagnosis.note or None,
        "evidence": _evidence(diagnosis.evidence),
        "checks": list(cause.checks),
        "fixes": [_fix(fix) for fix in diagnosis.fixes],
    }


def _evidence(evidence: Evidence) -> dict[str, str]:
    sides = {"found": evidence.found, "wanted": evidence.wanted, "looked_in": evidence.looked_in}
    return {side: text for side, text in sides.items() if text}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "confidence": fix.confidence.value,
        "automatic": fix.automatic,
        "steps": [step_document(step) for step in fix.steps],
        "shell": {shell: shells.script(fix.steps, shell) for shell in shells.SHELLS},
    }


def step_document(step: Step) -> dict[str, Any]:
    """A step as any program that reads a report carries it out."""
    document: dict[str, Any] = {"do": step.do}
    for field in dataclasses.fields(step):
        value = getattr(step, field.name)
        if field.name in ("conda", "stacked", "typed") and not value:
            continue
        document["from" if field.name == "source" else field.name] = (
            list(value) if isinstance(value, tuple) else value
        )
    return document
