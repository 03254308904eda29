"""What the commands do once their words are understood: run and write the reports, or show who is who."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from envcheck import locate, plan, session
from envcheck.environment import Located, Options
from envcheck.errors import UsageProblem, unknown
from envcheck.model import Course
from envcheck.privacy import scrubber_for
from envcheck.report import Report
from envcheck.reports import FORMATS, renderer
from envcheck.reports.live import LiveText
from envcheck.reports.text import Page


@dataclass(frozen=True)
class Destination:
    """A format, and the file it goes to; None is the screen."""

    format: str
    file: Path | None


@dataclass(frozen=True)
class Order:
    """A run as the command line asks for it."""

    course: Course
    selection: plan.Selection
    options: Options
    python: str | None
    destinations: tuple[Destination, ...]
    strict: bool = False
    timeout: float = 90.0
    jobs: int = 8
    verbose: bool = False
    colour: bool = False
    width: int = 80
    broken: tuple[str, ...] = ()


def destinations(format_: str, output: str | None, reports: Sequence[str]) -> tuple[Destination, ...]:
    """Where the report goes, checked before anything runs: names known, folders there. Raises UsageProblem."""
    wanted = [Destination(format_, Path(output) if output else None)]
    for text in reports:
        name, separator, file = text.partition("=")
        if not separator or not file:
            raise UsageProblem(f"--report {text}: it takes FORMAT=FILE, for example html=report.html")
        wanted.append(Destination(name, Path(file)))
    for one in wanted:
        if one.format not in FORMATS:
            raise unknown("format", one.format, FORMATS)
        if one.file is not None:
            _refuse_unwritable(one.file)
    return tuple(wanted)


def run(order: Order, out: TextIO) -> int:
    """Run, write every report, and give the exit code. Raises UsageProblem."""
    planned = plan.make(order.course, order.selection, order.options)
    variables, folder = locate.learner_variables(), Path.cwd()
    request = session.Request(
        course=order.course,
        chapters=_chapter_ids(order),
        planned=planned,
        located=_located(order.python, variables, folder),
        variables=variables,
        folder=folder,
        options=order.options,
        timeout=order.timeout,
        jobs=order.jobs,
        strict=order.strict,
        broken=order.broken,
    )
    page = Page(order.width, order.colour, order.verbose, _shell(variables))
    screen = next((one for one in order.destinations if one.file is None), None)
    current = session.Session(request)
    if screen is not None and screen.format == "text":
        live = LiveText(
            page, out, [one.id for one in planned], lambda result: session.scrubbed(result, current.scrubber), moving=_has_terminal(out)
        )
        report = current.run(lambda begun: live.begin(page.header(begun)), live.event)
        live.end(page.ending(report))
    else:
        report = current.run()
        if screen is not None:
            out.write(renderer(screen.format)(report))
            out.flush()
    for one in order.destinations:
        if one.file is not None:
            _write(one.file, renderer(one.format)(report))
    return report.exit_code


def where(python: str | None) -> str:
    """The picture of who is who, from the first installed course that can draw one."""
    from envcheck import plugins

    variables, folder = locate.learner_variables(), Path.cwd()
    loaded = plugins.installed()
    for course in loaded.courses:
        if course.where is not None:
            request = session.Request(course, (), (), _located(python, variables, folder), variables, folder)
            with session.environment(request) as env:
                return scrubber_for(variables).text(course.where(env))
    raise UsageProblem("no installed course can say who is who")


def broke(error: Exception) -> str:
    """What to show when envcheck itself fails: one sentence, and the place for a bug report."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return (
        f"envcheck: it broke by itself ({type(error).__name__}: {error}, at {place}).\n"
        "This is not a verdict about your machine. Please show this line to your teacher."
    )


def _located(asked: str | None, variables: dict[str, str], folder: Path) -> Located:
    try:
        return locate.locate(asked, variables, folder)
    except LookupError as error:
        return Located(("python3",), "nothing was found", trouble=str(error))


def _chapter_ids(order: Order) -> tuple[str, ...]:
    names = order.selection.chapters
    if "all" in names:
        names = tuple(chapter.id for chapter in order.course.chapters)
    return tuple(dict.fromkeys((*names, *order.selection.tracks)))


def _shell(variables: dict[str, str]) -> str:
    if sys.platform != "win32":
        return "posix"
    return "powershell" if "PSModulePath" in variables else "cmd"


def _has_terminal(out: TextIO) -> bool:
    return sys.stderr.isatty() and out.isatty() and os.environ.get("TERM") != "dumb"


def _refuse_unwritable(file: Path) -> None:
    if file.is_dir():
        raise UsageProblem(f"the report cannot be written to {file}: it is a folder")
    if not file.absolute().parent.is_dir():
        raise UsageProblem(f"the report cannot be written to {file}: there is no folder {file.parent}")
    if not os.access(file if file.exists() else file.absolute().parent, os.W_OK):
        raise UsageProblem(f"the report cannot be written to {file}: permission denied")


def _write(file: Path, text: str) -> None:
    """All or nothing: a reader never sees half a report, and an old one stays until the new one is whole."""
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile("w", dir=file.absolute().parent, prefix=f".{file.name}-", delete=False, encoding="utf-8") as part:
            temporary = part.name
            part.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise UsageProblem(f"the report cannot be written to {file}: {error.strerror}") from None
