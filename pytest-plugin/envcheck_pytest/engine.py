"""envcheck, started: which checks there are, and one run of them."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from envcheck_pytest.asked import Asked
from envcheck_pytest.outcomes import Outcome, no_report, outcomes

LISTING = 600.0  # seconds: the first start of run-envcheck.py makes an environment
VERDICT = "verdict"


def names(asked: Asked, folder: Path) -> list[str]:
    """The ids of the checks, in their order. Raises pytest.UsageError."""
    done = _run(asked.list_command(), folder, LISTING)
    try:
        listed: list[str] = [check["id"] for check in json.loads(done.stdout)["checks"]]
    except (ValueError, TypeError, KeyError):
        raise pytest.UsageError(f"--envcheck: {_last_words(done)}") from None
    return [*listed, VERDICT]


def run(asked: Asked, folder: Path, selected: list[str], every: list[str]) -> list[Outcome]:
    """Run the checks that are selected of `every`; an outcome for each, and for the verdict."""
    only = (
        [] if {*selected} >= {*every} - {VERDICT} else [one for one in selected if one != VERDICT]
    )
    with tempfile.TemporaryDirectory(prefix="envcheck-pytest-") as place:
        report, junit = Path(place, "report.json"), Path(place, "junit.xml")
        done = _run(asked.run_command(only, str(report), str(junit)), folder, asked.seconds)
        try:
            document: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
            return outcomes(document, junit.read_text(encoding="utf-8"), selected)
        except (OSError, ValueError, KeyError, SyntaxError):
            return no_report(_last_words(done), selected)


def _run(argv: list[str], folder: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    """envcheck ends by itself, and with it all that it has started; the limit is for what does not."""
    try:
        return subprocess.run(
            argv,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except OSError as error:
        return subprocess.CompletedProcess(argv, 127, "", f"{argv[0]} does not start: {error}")
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(argv, 124, "", f"no answer within {seconds:.0f} s")


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
    return "\n".join([f"envcheck ended with {done.returncode}, without a report", *said[-10:]])
