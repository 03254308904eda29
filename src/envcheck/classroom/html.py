"""The class as one page in one file: on a phone, on paper, and on a projector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from envcheck.classroom.counted import how_many, uncounted
from envcheck.classroom.handed_in import Handed
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Group, Overview
from envcheck.classroom.person import Person
from envcheck.classroom.standing import (
    MEANING,
    State,
    borne_out,
    changes,
    first_failing,
    is_complete,
)
from envcheck.classroom.text import about, why
from envcheck.classroom.wall import for_the_wall
from envcheck.printable import one_line
from envcheck.reports import templates

# The colour and the sign of a state: those of a check's status.
MOODS = {
    State.SILENT: "skip",
    State.UNREACHABLE: "error",
    State.UNREADABLE: "error",
    State.STUCK: "fail",
    State.UNDETERMINED: "error",
    State.PARTIAL: "skip",
    State.STALE: "warn",
    State.WARNED: "warn",
    State.READY: "pass",
}
SHELLS = (("posix", "Linux and macOS"), ("powershell", "PowerShell"), ("cmd", "cmd"))
MOST_REPORTS = 20  # of a learner's older ones


def render(overview: Overview, catalogue: Catalogue, *, projector: bool) -> str:
    """The page; with `projector`, counts alone and no name."""
    return templates.render(
        "envcheck.classroom",
        "class.html.jinja",
        ("envcheck.reports/report.css", "envcheck.classroom/class.css"),
        page(for_the_wall(overview, catalogue) if projector else overview, catalogue, projector),
    )


def page(overview: Overview, catalogue: Catalogue, projector: bool) -> dict[str, Any]:
    """What the template is given; for a projector, of a class that `for_the_wall` has made."""
    total = len(overview.learners)
    ready = sum(overview.counts[state] for state in (State.WARNED, State.READY))
    return {
        "projector": projector,
        "course": about(overview),
        "verdict": f"{ready} of {total} ready" if total else "No report could be read",
        "mood": "pass" if total and overview.all_ready else "fail",
        "read_at": overview.measure.now.strftime("%Y-%m-%d %H:%M UTC"),
        "counts": counts(overview),
        "total": total,
        "uncounted": "" if projector else uncounted(overview),
        "sections": [] if projector else _sections(overview),
        "causes": [_cause(group, overview, catalogue, projector) for group in overview.groups],
        "versions": versions(overview),
        "people": [] if projector else [learner(p, n, overview) for n, p in _numbered(overview)],
        "unreadable": [] if projector else overview.unreadable,
        "others": [*overview.other_chapters.items()],
    }


def counts(overview: Overview) -> list[dict[str, Any]]:
    """How many stand how, without those that are nobody's."""
    return [
        {"state": state.value, "mood": MOODS[state], "number": number, "means": MEANING[state]}
        for state, number in overview.counts.items()
        if number
    ]


def versions(overview: Overview) -> list[tuple[str, list[tuple[str, int]]]]:
    """What is in use, and on how many machines."""
    return [(name, [*counted.items()]) for name, counted in overview.versions.items() if counted]


def _numbered(overview: Overview) -> list[tuple[int, Person]]:
    return [(number, person) for number, person in enumerate(overview.people, 1) if person.reports]


def _sections(overview: Overview) -> list[dict[str, Any]]:
    rows = [*enumerate(overview.people, 1)]
    return [
        {
            "state": state.value,
            "mood": MOODS[state],
            "number": how_many([person for _, person in rows if person.state is state]),
            "people": [
                {
                    "name": person.name,
                    "page": f"learner-{number}" if person.reports else "",
                    "why": why(person, overview),
                    "stranger": overview.has_roster and not person.on_roster,
                }
                for number, person in rows
                if person.state is state
            ],
        }
        for state in State
        if any(person.state is state for _, person in rows)
    ]


def _cause(
    group: Group, overview: Overview, catalogue: Catalogue, projector: bool
) -> dict[str, Any]:
    names = [name for own in group.people.values() for name in own]
    return {
        **cause(group, catalogue),
        "names": "" if projector else ", ".join(names),
        "message": "" if projector else catalogue.message(group, overview.chapter),
    }


def cause(group: Group, catalogue: Catalogue) -> dict[str, Any]:
    """What a template is given of a cause, whoever may read it: without names."""
    return {
        "code": group.code,
        "status": "fail" if group.error else "warn",
        "word": "fails" if group.error else "warning",
        "meaning": catalogue.meaning(group.code) or group.summary,
        "count": group.count,
        "systems": [(system, len(names)) for system, names in group.people.items()],
    }


def learner(person: Person, number: int, overview: Overview) -> dict[str, Any]:
    """One learner's part of the page: what their newest report says, and what changed."""
    report = person.reports[0]
    document, failing = report.document, first_failing(report)
    return {
        "page": f"learner-{number}",
        "name": person.name,
        "state": person.state.value,
        "mood": MOODS[person.state],
        "failing": f"{failing['title']}: {failing['summary']}" if failing else "",
        "causes": [_own_cause(cause) for cause in document["diagnoses"]],
        "changes": changes(report, person.reports[1]) if person.reports[1:] else [],
        "facts": _facts(report, overview),
        "older": [_older(older) for older in person.reports[1 : MOST_REPORTS + 1]],
    }


def _own_cause(cause: dict[str, Any]) -> dict[str, Any]:
    labels = (("found", "found"), ("wanted", "wanted"), ("looked_in", "looked in"))
    fix = cause["fixes"][0] if cause["fixes"] else None
    return {
        "summary": cause["summary"],
        "code": cause["code"],
        "status": "fail" if cause["severity"] == "error" else "warn",
        "evidence": [
            (label, cause["evidence"][key]) for key, label in labels if cause["evidence"].get(key)
        ],
        "fix": fix["title"] if fix else "",
        "lines": [
            (name, fix["shell"][shell]) for shell, name in SHELLS if fix and fix["shell"].get(shell)
        ],
    }


def _not_told(target: Mapping[str, Any]) -> str:
    """Reports of an older envcheck do not say whether it was asked."""
    return "does not answer" if target.get("answered") is False else "not examined"


def _facts(report: Handed, overview: Overview) -> list[tuple[str, str]]:
    target = report.document["target"]
    system = target["os"]
    rows = (
        ("Python", target.get("version") or _not_told(target)),
        ("Where", target.get("python") or ""),
        ("System", " ".join(system.get(key) or "" for key in ("name", "version", "machine"))),
        ("Examined", report.document["started"].replace("T", " ").replace("Z", " UTC")),
        ("Complete", "yes" if is_complete(report) else "no: only a part was asked for"),
        ("Too old", overview.measure.is_stale(report)),
        ("Made by", f"envcheck {report.document['envcheck']}"),
        ("Receipt", report.receipt),
        ("File", report.place),
    )
    return [(label, one_line(text)) for label, text in rows if one_line(text)]


def _older(report: Handed) -> str:
    when = report.document["started"].replace("T", " ").replace("Z", " UTC")
    codes = ", ".join(one_line(cause["code"]) for cause in report.document["diagnoses"])
    causes = f" ({codes})" if codes else ""
    return f"{when}: {borne_out(report.document).value}{causes}, receipt {report.receipt}"
