"""The two pictures of the HTML page, as what its template draws: which check needs which, and when
each ran.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from envcheck.model import Status
from envcheck.printable import one_line
from envcheck.reports import layout, waived, words
from envcheck.run.report import Report
from envcheck.run.result import CheckResult
from envcheck.sentences import listed

NAMES = {
    Status.PASS: "ok",
    Status.WARN: "warning",
    Status.FAIL: "fails",
    Status.SKIP: "skipped",
    Status.UNDETERMINED: "unknown",
}
LABEL = 13  # characters of a title that fit into a box
LINE = 34  # and above a bar of the time line on a phone
ROW = 36  # height of a row of the time line, in pixels


def draw_graph(report: Report) -> dict[str, Any]:
    """The boxes and lines of the dependency picture, in pixels."""
    drawing = layout.draw({result.id: result.needs for result in report.results})
    results = {result.id: result for result in report.results}
    boxes = [_box(box, results[box.name]) for box in drawing.boxes]
    descriptions = [_needs(result, results) for result in results.values()]
    return {
        "boxes": boxes,
        "lines": [
            {"path": _path(points), "from": need, "to": name}
            for need, name, points in drawing.lines
        ],
        "width": drawing.width + 4,
        "height": drawing.height + 4,
        "told": " ".join(descriptions),
    }


def _box(box: layout.Box, result: CheckResult) -> dict[str, Any]:
    title = one_line(result.title)
    place = {"x": box.x + 2, "y": box.y + 2}
    return {
        **place,
        "label": _short(title, LABEL),
        "title": title,
        "status": waived.look(result),
        "word": word(result),
    }


def _short(title: str, room: int) -> str:
    """So much of it as fits into so many columns."""
    kept = title[: 2 * room]  # accents take no room, and nobody needs more of them
    while words.columns(kept) + (kept != title) > room:
        kept = kept[:-1]
    return kept if kept == title else f"{kept}…"


def word(result: CheckResult) -> str:
    """What the page calls the result of a check."""
    if waived.counts_not(result):
        return "waived"
    return "waiting" if result.blocked_by else NAMES[result.status]


def _needs(result: CheckResult, results: dict[str, CheckResult]) -> str:
    needs = [one_line(results[need].title) for need in result.needs if need in results]
    return f"{one_line(result.title)} ({word(result)}) needs {listed(needs) or 'nothing'}."


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
    """A row of the time line; `left` and `width` are per cent, so that the picture fits any width
    without shrinking its text.
    """

    label: str
    status: str
    top: int
    left: str
    width: str


def draw_line(report: Report) -> dict[str, Any]:
    """The bars and ticks of the time line, from the start of the run to its end."""
    ran = sorted(
        (result for result in report.results if result.seconds > 0),
        key=lambda result: result.started,
    )
    total = max([result.started + result.seconds for result in ran], default=0.0) or 1.0
    bars = [_bar(result, number, total) for number, result in enumerate(ran)]
    descriptions = [
        f"{one_line(result.title)}: from {result.started:.1f} s, {result.seconds:.1f} s long."
        for result in ran
    ]
    return {
        "bars": bars,
        "ticks": _ticks(total),
        "height": len(bars) * ROW + 30,
        "told": " ".join(descriptions),
        "row": ROW,
    }


def _bar(result: CheckResult, number: int, total: float) -> Bar:
    width = max(result.seconds / total * 100, 0.5)
    left = min(result.started / total * 100, 100 - width)
    label = f"{_short(one_line(result.title), LINE)}, {result.seconds:.1f} s"
    return Bar(label, waived.look(result), number * ROW, f"{left:.2f}%", f"{width:.2f}%")


def _ticks(total: float) -> list[tuple[str, str]]:
    """Round times along the line, at most six, each with its place in per cent."""
    rough = total / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [
        (f"{number * step / total * 100:.2f}%", f"{number * step:g} s")
        for number in range(int(total / step) + 1)
    ]
