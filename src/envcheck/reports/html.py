"""One page for people: no script, nothing from outside, for a phone and for paper too. Drawn from
report.html.jinja.
"""

from __future__ import annotations

from typing import Any

import envcheck
from envcheck.model import Diagnosis, Fix, Severity
from envcheck.reports import examined, long_page, pictures, templates, waived, words
from envcheck.reports.numbers import counts
from envcheck.run.report import INTERRUPTED, NOT_READY, READY, Report, RootCause
from envcheck.run.result import CheckResult
from envcheck.target.shells import WINDOWS

SHELL_NAMES = {"posix": "Linux and macOS", "fish": "fish", "powershell": "PowerShell", "cmd": "cmd"}
SURE = {"sure": "", "likely": "This usually helps.", "ask": "Decide yourself, or ask your teacher."}


def render(report: Report) -> str:
    """The page as HTML, style and all."""
    return templates.render(
        "envcheck.reports", "report.html.jinja", ("envcheck.reports/report.css",), page(report)
    )


def page(report: Report) -> dict[str, Any]:
    """What the template is given."""
    titles = {result.id: result.title for result in report.results}
    return {
        "verdict": words.verdict(report),
        "mood": {READY: "pass", NOT_READY: "fail", INTERRUPTED: "skip"}.get(
            report.exit_code, "error"
        ),
        "afterword": words.afterword(report),
        "counts": counts(report),
        "course": f"{report.course_title}, {words.chapters(report)}",
        "facts": _facts(report),
        "first": _first(report),
        "causes": [_cause(cause, report) for cause in report.causes],
        "broken": report.broken,
        "hints": report.hints,
        "checks": [_check(result, titles) for result in report.results],
        "graph": pictures.draw_graph(report),
        "line": pictures.draw_line(report),
    }


def _facts(report: Report) -> list[tuple[str, str]]:
    target = report.target
    system = " ".join(report.target.os.get(key, "") for key in ("name", "version", "machine"))
    rows = (
        (
            "Python",
            f"{target.version or examined.not_told(target)}{f', {target.bits}-bit' if target.bits else ''}",
        ),
        ("Where", target.python or ""),
        ("Chosen because", target.located_by),
        ("Environment", ", ".join(part for part in (target.kind, target.prefix) if part)),
        ("System", system.strip()),
        ("Examined", report.started.replace("T", " ").replace("Z", " UTC")),
        ("Course revision", report.course_revision),
        ("Course file", report.course_file),
        ("Questions", report.course_help),
        ("Report of", str(report.alias or "")),
        (
            "Made by",
            f"envcheck {envcheck.__version__}, exit code {report.exit_code}{', --strict' if report.strict else ''}",
        ),
    )
    return [(label, text) for label, text in rows if text]


def _first(report: Report) -> dict[str, Any] | None:
    """The one next step; None where there is nothing to do."""
    if not report.to_mend:
        return None
    diagnosis = report.to_mend[0].diagnosis
    fix = _fix(diagnosis.fixes[0], report) if diagnosis.fixes else None
    return {"summary": diagnosis.summary, "why": _why(diagnosis, report), "fix": fix}


def _cause(cause: RootCause, report: Report) -> dict[str, Any]:
    diagnosis: Diagnosis = cause.diagnosis
    results = [result for result in report.results if result.id in cause.checks]
    failing = diagnosis.severity is Severity.ERROR
    return {
        "status": "skip" if cause.waived else "fail" if failing else "warn",
        "word": "waived" if cause.waived else "fails" if failing else "warning",
        "summary": diagnosis.summary,
        "why": _why(diagnosis, report),
        "evidence": words.evidence(diagnosis),
        "note": diagnosis.note,
        "met": ", ".join(result.title for result in results),
        "waived": [*dict.fromkeys(filter(None, map(waived.reason, results)))]
        if cause.waived
        else [],
        "waiting": ", ".join(words.waiting(report, cause)),
        "fixes": [_fix(fix, report) for fix in diagnosis.fixes],
        "page": long_page.blocks(report.explained.get(diagnosis.code, "")),
    }


def _why(diagnosis: Diagnosis, report: Report) -> str:
    """The command that shows the long page; empty without a page."""
    return words.why(report, diagnosis.code)


def _fix(fix: Fix, report: Report) -> dict[str, Any]:
    """A fix for the shells of this system, the learner's own first; one block where all say the
    same.
    """
    own = report.again.shell
    others = WINDOWS if report.target.os.get("name") == "Windows" else ("posix", "fish")
    blocks = {shell: tuple(words.parts(fix, shell)) for shell in dict.fromkeys((own, *others))}
    same = len(set(blocks.values())) == 1
    shells = (
        [("", blocks[own])]
        if same
        else [(SHELL_NAMES[shell], parts) for shell, parts in blocks.items()]
    )
    return {
        "title": fix.title,
        "sure": SURE[fix.confidence.value],
        "shells": shells,
        "paste": any(part.paste for _, parts in shells for part in parts),
    }


def _check(result: CheckResult, titles: dict[str, str]) -> dict[str, Any]:
    summary = words.sentence(result).removeprefix("skipped: ")  # the word stands beside it
    if result.blocked_by:
        summary = f"waits for {titles.get(result.blocked_by, result.blocked_by)}"
    return {
        "id": result.id,
        "title": result.title,
        "status": waived.look(result),
        "word": pictures.word(result),
        "summary": summary,
        "seconds": f"{result.seconds:.1f} s" if result.seconds >= 0.05 else "",
        "optional": not result.required and not result.waived,
        "needs": ", ".join(titles[need] for need in result.needs if need in titles),
    }
