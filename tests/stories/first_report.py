"""envcheck's command in which the first run's report is kept: a program, started by the launcher of
tests/stories/machine.py.

`envcheck --fix` checks, mends and checks again, and writes the last report alone. A story looks at
the first as well: with this it need not play the same broken machine twice.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from envcheck.command.main import main
from envcheck.processes.exit import without_waiting
from envcheck.reports import renderer
from envcheck.run.report import Report
from envcheck.run.session import Session

run = Session.run


def run_and_keep(session: Session, *words: Any) -> Report:
    """The run as it is; the first report of all lies in the file that the variable names, and
    beside it what home and work folder held then.
    """
    report = run(session, *words)
    file = Path(os.environ["ENVCHECK_STORY_REPORT"])
    if not file.exists():
        file.write_text(renderer("json")(report), encoding="utf-8")
        here = [path for place in (Path.home(), Path.cwd()) for path in place.rglob("*")]
        file.with_name("first-files.json").write_text(json.dumps(sorted(map(str, here))))
    return report


if __name__ == "__main__":
    setattr(Session, "run", run_and_keep)  # noqa: B010  # a method may not be assigned to, says mypy
    without_waiting(main)
