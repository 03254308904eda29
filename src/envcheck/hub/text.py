"""The visits on a terminal: a line for each user, then what all of them say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.standing import State, first_failing, required_causes
from envcheck.hub.rounds import percentiles
from envcheck.hub.visit import Visit
from envcheck.printable import one_line
from envcheck.reports.text import filled
from envcheck.reports.words import columns
from envcheck.sentences import listed, number_of

SIGNS = {
    State.STUCK: "NOT READY",
    State.UNDETERMINED: "could not tell",
    None: "no report",
    State.PARTIAL: "works",
    State.WARNED: "ready",
    State.READY: "ready",
}  # who needs somebody first
WORDS = {
    State.STUCK: "not ready",
    State.UNDETERMINED: "could not be told",
    None: "without a report",
    State.PARTIAL: "works as far as was asked",
    State.WARNED: "ready with warnings",
    State.READY: "ready",
}
SIGN = 14  # columns
NAME = 20  # columns, of a name that is not longer
HALF, MOST, ALL = 50, 90, 100


@dataclass(frozen=True)
class About:
    """What was visited: `asked` are the chapters, `whole` how many users the hub has."""

    host: str
    version: str
    asked: tuple[str, ...]
    jobs: int


def render(visits: Sequence[Visit], about: About, seconds: float, width: int = 80) -> str:
    """The text for a terminal that is so many columns wide."""
    if not visits:
        return filled(f"{_heading(visits, about)}: no visit has ended", width=width) + "\n"
    parts = [
        filled(_heading(visits, about), width=width),
        "\n".join(line for visit in in_order(visits) for line in _lines(visit, width)),
        filled(_sum(visits, seconds), width=width),
    ]
    if times := percentiles(visits):
        parts.append(filled(_times(times), width=width))
    return "\n\n".join(parts) + "\n"


def in_order(visits: Sequence[Visit]) -> list[Visit]:
    """Who needs somebody first."""
    order = [*SIGNS]
    return sorted(visits, key=lambda visit: (order.index(visit.state), visit.user))


def _heading(visits: Sequence[Visit], about: About) -> str:
    names = one_line(listed(about.asked))
    return (
        f"{names} for {number_of(len(visits), 'user')} of {about.host} "
        f"(JupyterHub {about.version}), {number_of(about.jobs, 'server')} at a time"
    )


def _lines(visit: Visit, width: int) -> Iterator[str]:
    sign = SIGNS[visit.state]
    name = one_line(visit.user)
    start = f"  {sign:<{SIGN}}  {name}{' ' * (NAME - columns(name))}  "
    yield filled(_why(visit), width=width, first=start, rest=" " * (SIGN + 4))
    for line in _cause(visit):
        yield filled(line, width=width, first=" " * (SIGN + 4), rest=" " * (SIGN + 4))
    if visit.running:
        words = f"its server may still run: {visit.running}"
        yield filled(words, width=width, first=" " * (SIGN + 4), rest=" " * (SIGN + 4))


def _why(visit: Visit) -> str:
    if visit.report is None:
        return visit.reason
    times = [f"server ready in {visit.ready:.1f} s"] if visit.ready is not None else []
    shown = _shown(visit.report)
    return shown or ", ".join([*times, f"{visit.seconds:.0f} s in all"])


def _shown(report: Handed) -> str:
    causes = report.document["diagnoses"]
    first = next(required_causes(report), causes[0] if causes else None)
    if first is not None:
        more = f", and {len(causes) - 1} more" if len(causes) > 1 else ""
        return f"{one_line(first['summary'])}{more}"
    failing = first_failing(report)
    return f"{one_line(failing['title'])}: {one_line(failing['summary'])}" if failing else ""


def _cause(visit: Visit) -> Iterator[str]:
    causes = visit.report.document["diagnoses"] if visit.report else []
    for cause in causes[:1]:
        yield f"why: envcheck explain {one_line(cause['code'])}"


def _sum(visits: Sequence[Visit], seconds: float) -> str:
    counted = Counter(WORDS[visit.state] for visit in in_order(visits))
    return f"{', '.join(f'{number} {word}' for word, number in counted.items())}. {seconds:.0f} s."


def _times(times: dict[int, float]) -> str:
    if times[HALF] == times[ALL]:
        return f"What was started was ready in {times[ALL]:.1f} s."
    return (
        f"Servers that were started were ready in {times[HALF]:.1f} s (half of them), "
        f"{times[MOST]:.1f} s (9 of 10), {times[ALL]:.1f} s (all)."
    )
