"""envcheck's command in which the first run's report is kept: a program, started by the launcher of
tests/stories/machine.py.

`envcheck --fix` checks, mends and checks again, and writes the last report alone. A story looks at
the first as well: with this it need not play the same broken machine twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from envcheck.command.main import main
from envcheck.model import Severity
from envcheck.processes.exit import without_waiting
from envcheck.reports import renderer
from envcheck.run import plan
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.run.session import Session


def keeping(run: Callable[..., Report], *, met_alone: bool) -> Callable[..., Report]:
    """The run as it is; the first report of all lies in the file that the variable names, and
    beside it what home and work folder held then. `met_alone`: runs after a fix are of the checks that
    met the cause.
    """
    first: list[tuple[Request, Report]] = []

    def run_and_keep(session: Session, *words: Any) -> Report:
        if first and met_alone:
            session.request = of_what_met(session.request, *first[0])
        report = run(session, *words)
        first.append((session.request, report))
        file = Path(os.environ["ENVCHECK_STORY_REPORT"])
        if not file.exists():
            file.write_text(renderer("json")(report), encoding="utf-8")
            here = [path for place in (Path.home(), Path.cwd()) for path in place.rglob("*")]
            file.with_name("first-files.json").write_text(json.dumps(sorted(map(str, here))))
        return report

    return run_and_keep


def of_what_met(request: Request, before: Request, report: Report) -> Request:
    """The request for the checks that met an error before the fix; all of it where the fix led to
    another Python, of which nothing was seen.
    """
    if request.located != before.located:
        return request
    errors = [cause for cause in report.causes if cause.diagnosis.severity is Severity.ERROR]
    ids = tuple(dict.fromkeys(check for cause in errors for check in cause.checks))
    selection = replace(request.selection, only=ids)
    planned = plan.make(request.course, selection, request.options, request.variables)
    return replace(request, selection=selection, planned=planned)


if __name__ == "__main__":
    alone = bool(os.environ.get("ENVCHECK_STORY_MET_ALONE"))
    setattr(Session, "run", keeping(Session.run, met_alone=alone))  # noqa: B010  # a method may not be assigned to, says mypy
    without_waiting(main)
