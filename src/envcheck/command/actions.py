"""What the commands do once their words are understood: run and write the reports, or show who is who."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from envcheck.environment import Located, Options
from envcheck.errors import UsageProblem, unknown
from envcheck.fixes import apply, loop, record, undoing
from envcheck.model import Course
from envcheck.privacy import scrubber_for
from envcheck.reports import FORMATS, renderer
from envcheck.reports.live import LiveText
from envcheck.reports.text import Page
from envcheck.run import plan, session
from envcheck.run.report import INTERRUPTED, NOT_READY, Report
from envcheck.target import locate, shells

STREAMS = {
    f"{place}{number}": name
    for number, name in ((1, "stdout"), (2, "stderr"))
    for place in ("/dev/fd/", "/proc/self/fd/")
} | {
    "/dev/stdout": "stdout",
    "/dev/stderr": "stderr",
}


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
    others: tuple[Course, ...] = ()
    fix: loop.Helper | None = None


def destinations(
    format_: str, output: str | None, reports: Sequence[str]
) -> tuple[Destination, ...]:
    """Where the report goes, checked before anything runs: names known, folders there. Raises UsageProblem."""
    wanted = [Destination(format_, Path(output) if output else None)]
    for text in reports:
        name, separator, file = text.partition("=")
        if not separator or not file:
            raise UsageProblem(
                f"--report {text}: it takes FORMAT=FILE, for example html=report.html"
            )
        wanted.append(Destination(name, Path(file)))
    for one in wanted:
        if one.format not in FORMATS:
            raise unknown("format", one.format, FORMATS)
        if one.file is not None:
            _refuse_unwritable(one.file)
    return tuple(wanted)


def run(order: Order, out: TextIO) -> int:
    """Run, fix if that was asked for, write every report, and give the exit code. Raises UsageProblem."""
    request = _request(order)
    screen = next((one.format for one in order.destinations if one.file is None), None)
    latest: list[Report] = []  # the last whole run's, as it may be shown

    def check(request: session.Request, whole: bool = True) -> Report:
        current = session.Session(request)
        report = _live(order, current, out) if screen == "text" and whole else current.run()
        latest[:] = [report] if whole else latest
        return current.unscrubbed or report

    first = check(request)
    stopped = (
        order.fix is not None
        and first.exit_code == NOT_READY
        and _interrupted(request, first, order.fix, check)
    )
    if screen not in (None, "text"):
        out.write(renderer(screen)(latest[-1]))
        out.flush()
    files = [(one.file, one.format) for one in order.destinations if one.file is not None]
    problems = [
        problem
        for file, name in files
        if (problem := _write(file, renderer(name)(latest[-1]), out))
    ]
    if problems:
        raise UsageProblem("\n".join(problems))
    return INTERRUPTED if stopped else latest[-1].exit_code


def _interrupted(
    request: session.Request,
    report: Report,
    helper: loop.Helper,
    check: Callable[[session.Request, bool], Report],
) -> bool:
    """Fix what can be fixed; True when a person ended it. The reports are then of the machine as it was."""
    try:
        loop.until_ready(request, report, helper, check)
    except KeyboardInterrupt:
        return True
    return False


def undo(name: str, helper: loop.Helper) -> None:
    """Take a recorded fix back. Raises UsageProblem."""
    variables, file = locate.learner_variables(), Path(name)
    said = record.read(file, scrubber_for(variables).home)
    # What the fix worked with and where, not what this terminal stands in.
    located, folder = (
        Located((said.python,), f"the record {name}"),
        Path(os.path.realpath(file)).parent,
    )
    with session.environment(
        session.Request(
            Course("", "", []), (), (), located, variables, folder, timeout=apply.STEP_SECONDS
        )
    ) as env:
        undoing.undo(said, env, helper)


def _request(order: Order) -> session.Request:
    planned = plan.make(order.course, order.selection, order.options)
    variables, folder = locate.learner_variables(), _folder()
    return session.Request(
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
        others=order.others,
    )


def _live(order: Order, current: session.Session, out: TextIO) -> Report:
    """The text, line by line as results come in."""
    request = current.request
    page = Page(order.width, order.colour, order.verbose, shells.learners(request.variables))
    ids = [one.id for one in request.planned]
    with LiveText(
        page,
        out,
        ids,
        lambda result: session.scrubbed(result, current.scrubber),
        moving=_has_terminal(out),
    ) as live:
        report = current.run(lambda begun: live.begin(page.header(begun)), live.event)
        live.end(page.ending(report))
    return report


def where(python: str | None) -> str:
    """The picture of who is who, from the first installed course that can draw one."""
    from envcheck.run import plugins

    variables, folder = locate.learner_variables(), _folder()
    loaded = plugins.installed()
    for course in loaded.courses:
        if course.where is not None:
            request = session.Request(
                course, (), (), _located(python, variables, folder), variables, folder
            )
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


def _folder() -> Path:
    """Where the learner works. Raises UsageProblem when that folder has been deleted under them."""
    try:
        return Path.cwd()
    except OSError as error:
        raise UsageProblem(
            f"this folder cannot be used ({error.strerror}). Go to the folder where you work, and start again"
        ) from None


def _chapter_ids(order: Order) -> tuple[str, ...]:
    names = order.selection.chapters
    if "all" in names:
        names = tuple(chapter.id for chapter in order.course.chapters)
    return tuple(dict.fromkeys((*names, *order.selection.tracks)))


def _has_terminal(out: TextIO) -> bool:
    return sys.stderr.isatty() and out.isatty() and os.environ.get("TERM") != "dumb"


def _refuse_unwritable(file: Path) -> None:
    if os.path.isdir(file):
        raise UsageProblem(f"the report cannot be written to {file}: it is a folder")
    if not os.path.isdir(file.parent):
        raise UsageProblem(
            f"the report cannot be written to {file}: there is no folder {file.parent}"
        )
    if not os.access(file if os.path.exists(file) else file.parent, os.W_OK):
        raise UsageProblem(f"the report cannot be written to {file}: permission denied")


def _write(file: Path, text: str, out: TextIO) -> str:
    """All or nothing: a reader never sees half a report, and an old one stays until the new one is whole.

    What is not a plain file (`/dev/stdout`, a pipe), or lies where no file can be added, is written to as it is.
    Returns what went wrong, in words.
    """
    data = text.encode("utf-8", "replace")
    real = Path(os.path.realpath(file))
    stream = {"stdout": out, "stderr": sys.stderr}.get(STREAMS.get(str(file), ""))
    try:
        if (
            stream is not None
        ):  # opened by its name it would be another stream, and a file behind it would lose what it has
            stream.write(text)
            stream.flush()
        elif os.path.exists(file) and not (
            os.path.isfile(file) and os.access(real.parent, os.W_OK)
        ):
            file.write_bytes(data)
        else:
            _replace(real, data)
    except OSError as error:
        return f"the report cannot be written to {file}: {error.strerror}"
    return ""


def _replace(file: Path, data: bytes) -> None:
    temporary = ""
    try:
        with tempfile.NamedTemporaryFile(
            dir=file.parent, prefix=".envcheck-", delete=False
        ) as part:
            temporary = part.name
            part.write(data)
        Path(temporary).chmod(stat.S_IMODE(file.stat().st_mode) if os.path.exists(file) else 0o644)
        Path(temporary).replace(file)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise
