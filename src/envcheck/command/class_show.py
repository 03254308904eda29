"""`envcheck class show`: the class from the reports that were handed in."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from envcheck.classroom import data, html, roster, sources
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.text import Page
from envcheck.command.destinations import write_text
from envcheck.errors import UsageProblem
from envcheck.printable import for_a_log
from envcheck.run import plugins
from envcheck.run.report import NOT_READY, READY, UNDETERMINED


@dataclass(frozen=True)
class Wanted:
    """What is to be shown of which files, and how."""

    places: tuple[str, ...]
    roster: str | None = None
    chapter: str | None = None
    days: float | None = None
    format: str = "text"
    output: str | None = None
    projector: bool = False


def show(wanted: Wanted, loaded: plugins.Loaded, out: TextIO) -> int:
    """Write the class to the screen or a file, and return the exit code: 0 all ready, 1 somebody is
    not, 3 nothing could be read. Raises UsageProblem.
    """
    learners = roster.read(wanted.roster) if wanted.roster else None
    asked = Asked(wanted.chapter or "", wanted.days, loaded.courses)
    now = datetime.datetime.now(datetime.timezone.utc)
    summary = overview(sources.files(wanted.places), learners, asked, now)
    text = _drawn(summary, wanted, Catalogue(loaded.courses))
    if wanted.output:
        mark = data.MARK if wanted.format == "csv" else ""
        write_text(Path(wanted.output), mark + text, out)
    else:
        out.write(for_a_log(text) if wanted.format == "text" else text)
        out.flush()
    if summary.nothing_read:
        return UNDETERMINED
    return READY if summary.all_ready else NOT_READY


def _drawn(summary: Overview, wanted: Wanted, catalogue: Catalogue) -> str:
    if wanted.projector and wanted.format not in ("text", "html"):
        raise UsageProblem(f"--projector is for text and html, not for {wanted.format}")
    if wanted.format == "html":
        return html.render(summary, catalogue, projector=wanted.projector)
    if wanted.format == "csv":
        return data.as_csv(summary)
    if wanted.format == "json":
        return data.as_json(summary, catalogue)
    width = max(min(shutil.get_terminal_size((80, 24)).columns, 100), 40)
    return Page(width, wanted.projector).render(summary, catalogue)
