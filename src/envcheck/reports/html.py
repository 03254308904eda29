"""One page for people: no script, nothing from outside, for a phone and for paper too. Drawn from report.html.jinja."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import envcheck
from envcheck.model import Diagnosis, Fix, Severity, Status
from envcheck.reports import layout, words
from envcheck.reports.words import clean, one_line
from envcheck.run.report import INTERRUPTED, NOT_READY, READY, Report, RootCause
from envcheck.run.result import CheckResult
from envcheck.target.shells import SHELLS

if TYPE_CHECKING:
    import jinja2

NAMES = {
    Status.PASS: "ok",
    Status.WARN: "warning",
    Status.FAIL: "fails",
    Status.SKIP: "skipped",
    Status.UNDETERMINED: "unknown",
}
SHELL_NAMES = {"posix": "Linux and macOS", "fish": "fish", "powershell": "PowerShell", "cmd": "cmd"}
SURE = {"sure": "", "likely": "This usually helps.", "ask": "Decide yourself, or ask your teacher."}
LABEL = 13  # characters of a title that fit into a box
ROW = 36  # height of a row of the time line


def render(report: Report) -> str:
    from markupsafe import Markup

    style = _file("report.css")
    seal = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template().render(style=Markup(style), seal=seal, **page(report)) + "\n"


@cache
def _template() -> jinja2.Template:
    import jinja2

    engine = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_inert
    )
    engine.filters["ticks"] = _ticked
    engine.undefined = jinja2.StrictUndefined
    return engine.from_string(_file("report.html.jinja"))


def _file(name: str) -> str:
    return (resources.files("envcheck.reports") / name).read_text("utf-8")


def _inert(value: object) -> object:
    """Everything that the template shows goes through this: characters that steer are taken out, then jinja escapes."""
    return clean(value) if type(value) is str else value


def _ticked(text: str) -> str:
    """What stands between backticks as code; everything is escaped."""
    from markupsafe import Markup, escape

    pieces = re.split(r"`([^`\n]+)`", clean(text))
    marked = [
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    ]
    return Markup("").join(marked)


def page(report: Report) -> dict[str, Any]:
    """What the template is given."""
    titles = {result.id: result.title for result in report.results}
    return {
        "verdict": words.verdict(report),
        "mood": {READY: "pass", NOT_READY: "fail", INTERRUPTED: "skip"}.get(
            report.exit_code, "error"
        ),
        "afterword": words.afterword(report),
        "counts": words.counts(report),
        "course": f"{report.course_title}, {words.chapters(report)}",
        "facts": _facts(report),
        "first": _first(report),
        "causes": [_cause(cause, report, titles) for cause in report.causes],
        "broken": report.broken,
        "checks": [_check(result, titles) for result in report.results],
        "graph": _graph(report),
        "line": _line(report),
    }


def _facts(report: Report) -> list[tuple[str, str]]:
    target = report.target
    system = " ".join(report.target.os.get(key, "") for key in ("name", "version", "machine"))
    rows = (
        (
            "Python",
            f"{target.version or 'does not answer'}{f', {target.bits}-bit' if target.bits else ''}",
        ),
        ("Where", target.python or ""),
        ("Chosen because", target.located_by),
        ("Environment", ", ".join(part for part in (target.kind, target.prefix) if part)),
        ("System", system.strip()),
        ("Examined", report.started.replace("T", " ").replace("Z", " UTC")),
        ("Course revision", report.course_revision),
        (
            "Made by",
            f"envcheck {envcheck.__version__}, exit code {report.exit_code}{', --strict' if report.strict else ''}",
        ),
    )
    return [(label, text) for label, text in rows if text]


def _first(report: Report) -> dict[str, Any] | None:
    """The one next step; None where there is nothing to do."""
    if not report.causes:
        return None
    diagnosis = report.causes[0].diagnosis
    fix = _fix(diagnosis.fixes[0], report) if diagnosis.fixes else None
    return {"summary": diagnosis.summary, "why": _why(diagnosis, report), "fix": fix}


def _cause(cause: RootCause, report: Report, titles: dict[str, str]) -> dict[str, Any]:
    diagnosis: Diagnosis = cause.diagnosis
    failing = diagnosis.severity is Severity.ERROR
    return {
        "status": "fail" if failing else "warn",
        "word": "fails" if failing else "warning",
        "summary": diagnosis.summary,
        "why": _why(diagnosis, report),
        "evidence": words.evidence(diagnosis),
        "note": diagnosis.note,
        "met": ", ".join(titles[one] for one in cause.checks),
        "waiting": ", ".join(words.waiting(report, cause)),
        "fixes": [_fix(fix, report) for fix in diagnosis.fixes],
    }


def _why(diagnosis: Diagnosis, report: Report) -> str:
    """The command that shows the long page, in the words of the shell that the learner has; empty without a page."""
    return words.why(report, diagnosis.code, _shell(report))


def _shell(report: Report) -> str:
    return "powershell" if report.target.os.get("name") == "Windows" else "posix"


def _fix(fix: Fix, report: Report) -> dict[str, Any]:
    """A fix for every shell, the learner's own first; one block where all shells say the same."""
    own = _shell(report)
    blocks = {
        shell: tuple(words.parts(fix, shell))
        for shell in sorted(SHELLS, key=lambda shell: shell != own)
    }
    if blocks["fish"] == blocks["posix"]:
        del blocks["fish"]
    same = len(set(blocks.values())) == 1
    shells = (
        [("", blocks[own])]
        if same
        else [(SHELL_NAMES[shell], parts) for shell, parts in blocks.items()]
    )
    return {"title": fix.title, "sure": SURE[fix.confidence.value], "shells": shells}


def _check(result: CheckResult, titles: dict[str, str]) -> dict[str, Any]:
    summary = words.said(result).removeprefix("skipped: ")  # the word stands beside it
    if result.blocked_by:
        summary = f"waits for {titles.get(result.blocked_by, result.blocked_by)}"
    return {
        "id": result.id,
        "title": result.title,
        "status": result.status.value,
        "word": _word(result),
        "summary": summary,
        "seconds": f"{result.seconds:.1f} s" if result.seconds >= 0.05 else "",
        "optional": not result.required,
        "needs": ", ".join(titles[need] for need in result.needs if need in titles),
    }


def _graph(report: Report) -> dict[str, Any]:
    """The boxes and lines of the dependency picture, in pixels."""
    drawing = layout.draw({result.id: result.needs for result in report.results})
    results = {result.id: result for result in report.results}
    boxes = [_box(one, results[one.name]) for one in drawing.boxes]
    told = [_needs(result, results) for result in results.values()]
    return {
        "boxes": boxes,
        "lines": [
            {"path": _path(points), "from": need, "to": name}
            for need, name, points in drawing.lines
        ],
        "width": drawing.width + 4,
        "height": drawing.height + 4,
        "told": " ".join(told),
    }


def _box(box: layout.Box, result: CheckResult) -> dict[str, Any]:
    title = one_line(result.title)
    label = title if words.columns(title) <= LABEL else title[: LABEL - 1] + "…"
    place = {"x": box.x + 2, "y": box.y + 2}
    return {
        **place,
        "label": label,
        "title": title,
        "status": result.status.value,
        "word": _word(result),
    }


def _word(result: CheckResult) -> str:
    return "waiting" if result.blocked_by else NAMES[result.status]


def _needs(result: CheckResult, results: dict[str, CheckResult]) -> str:
    needs = [one_line(results[need].title) for need in result.needs if need in results]
    return f"{one_line(result.title)} ({_word(result)}) needs {words.listed(needs) or 'nothing'}."


def _path(points: layout.Points) -> str:
    """A smooth line: level where it leaves a box or passes a layer, a bow between."""
    x, y = points[0]
    path = [f"M{x + 2:.0f} {y + 2:.1f}"]
    for next_x, next_y in points[1:]:
        half = (x + next_x) / 2 + 2
        path.append(
            f"C{half:.0f} {y + 2:.1f} {half:.0f} {next_y + 2:.1f} {next_x + 2:.0f} {next_y + 2:.1f}"
        )
        x, y = next_x, next_y
    return "".join(path)


@dataclass(frozen=True)
class Bar:
    """A row of the time line; `left` and `width` are per cent, so that the picture fits any width without shrinking its text."""

    label: str
    status: str
    top: int
    left: str
    width: str


def _line(report: Report) -> dict[str, Any]:
    ran = sorted(
        (result for result in report.results if result.seconds > 0),
        key=lambda result: result.started,
    )
    total = max([result.started + result.seconds for result in ran], default=0.0) or 1.0
    bars = [_bar(result, number, total) for number, result in enumerate(ran)]
    told = [
        f"{one_line(one.title)}: from {one.started:.1f} s, {one.seconds:.1f} s long." for one in ran
    ]
    return {
        "bars": bars,
        "ticks": _ticks(total),
        "height": len(bars) * ROW + 30,
        "told": " ".join(told),
        "row": ROW,
    }


def _bar(result: CheckResult, number: int, total: float) -> Bar:
    width = max(result.seconds / total * 100, 0.5)
    left = min(result.started / total * 100, 100 - width)
    label = f"{one_line(result.title)}, {result.seconds:.1f} s"
    return Bar(label, result.status.value, number * ROW, f"{left:.2f}%", f"{width:.2f}%")


def _ticks(total: float) -> list[tuple[str, str]]:
    """Round times along the line, at most six, each with its place in per cent."""
    rough = total / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [
        (f"{number * step / total * 100:.2f}%", f"{number * step:g} s")
        for number in range(int(total / step) + 1)
    ]
