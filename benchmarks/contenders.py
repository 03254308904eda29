"""Who runs: envcheck in its ways, and the yardsticks. Each with what shows that the run did what it
should.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from environments import BIN, HERE, Places, has
from measuring import Sample

RESULT_LINE = r"^ +(ok|warn|--|FAIL|ERROR)\s"  # the first of these on the page is the first result
YARDSTICKS = HERE / "yardsticks"


@dataclass(frozen=True)
class Contender:
    """`trouble` says what was wrong with a run that is over, given its sample and its folder; empty
    when all is well.
    """

    name: str
    what: str
    argv: tuple[str, ...]
    trouble: Callable[[Sample, Path], str]
    result: str | None = None


def all_of(places: Places, against: Path | None = None) -> dict[str, Contender]:
    """By name, in the order of the table. `against` is the host environment of another checkout."""
    return {
        one.name: one
        for one in [*envchecks(places, places.host), *_others(places, against), *yardsticks(places)]
    }


def envchecks(places: Places, host: Path, suffix: str = "") -> list[Contender]:
    """envcheck as a learner starts it, on the target."""
    command = str(host / BIN / "envcheck")
    run = (command, "chapter2", "--python", str(places.target), "--report", "json=report.json")
    offline = (*run, "--offline")
    return [
        Contender(
            f"quick{suffix}",
            "envcheck chapter2 --quick --offline",
            (*offline, "--quick"),
            _not_ready,
            RESULT_LINE,
        ),
        Contender(f"full{suffix}", "envcheck chapter2 --offline", offline, _not_ready, RESULT_LINE),
        Contender(f"online{suffix}", "envcheck chapter2", run, _not_ready, RESULT_LINE),
        Contender(f"help{suffix}", "envcheck --help", (command, "--help"), _without("chapter2")),
    ]


def yardsticks(places: Places) -> list[Contender]:
    """The same work by other means. Each is a file of this folder, or another project's command."""
    target, notebook = str(places.target), str(places.work / "chapter2.ipynb")
    scripts = places.target.parent
    convert = (
        str(scripts / "jupyter"),
        "nbconvert",
        "--to",
        "notebook",
        "--output-dir",
        ".",
        "--output",
        "done.ipynb",
    )
    found = [
        Contender(
            "by-hand",
            "the same as --quick, written by hand",
            (target, str(YARDSTICKS / "in_target.py"), str(places.work)),
            _without("all is well"),
        ),
        Contender(
            "critical-path",
            "the server, a kernel, one cell, shut down",
            (str(places.host / BIN / "python"), str(YARDSTICKS / "critical_path.py"), target),
            _without("shut down"),
        ),
        Contender(
            "nbconvert",
            "jupyter nbconvert --execute, the same cells",
            (*convert, "--execute", notebook),
            _not_executed,
        ),
        Contender(
            "testinfra",
            "a pytest-testinfra suite of the same checks",
            (
                str(places.peers),
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                str(YARDSTICKS / "suite_testinfra.py"),
            ),
            _without(" passed"),
        ),
    ]
    if has(places.target, "nbmake"):
        pytest = (target, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbmake", notebook)
        found.append(
            Contender("nbmake", "pytest --nbmake, the same cells", pytest, _without("1 passed"))
        )
    return found


def variables(places: Places) -> Mapping[str, str]:
    """The same for everybody: the target's environment is active, and the home is one of ours that
    has been used before.
    """
    prefix = places.target.parent.parent
    names = {
        "PATH": os.pathsep.join([str(places.target.parent), "/usr/bin", "/bin"]),
        "HOME": str(places.home),
        "LANG": "C.UTF-8",
        "BENCHMARK_TARGET": str(places.target),
        "BENCHMARK_WORK": str(places.work),
    }
    return {**names, "VIRTUAL_ENV": str(prefix)} if (prefix / "pyvenv.cfg").exists() else names


def _others(places: Places, against: Path | None) -> list[Contender]:
    return envchecks(places, against, "@against") if against is not None else []


def _not_ready(sample: Sample, folder: Path) -> str:
    """The report must say that the machine is ready, and that the proofs of a kernel and the
    snippets were among it.
    """
    try:
        report = json.loads((folder / "report.json").read_text())
    except (OSError, ValueError) as error:
        return f"no report: {error}: {sample.output[-400:]}"
    proved = " ".join(check["id"] for check in report["checks"] if check["status"] == "pass")
    if (
        sample.code
        or report["verdict"] != "ready"
        or not all(word in proved for word in ("kernel", "snippet", "tutorial"))
    ):
        return f"exit code {sample.code}, verdict {report['verdict']}: {sample.output[-1200:]}"
    return ""


def _not_executed(sample: Sample, folder: Path) -> str:
    done = folder / "done.ipynb"
    pictures = done.read_text().count('"image/png"') if done.exists() else 0
    return (
        ""
        if sample.code == 0 and pictures >= 3
        else f"exit code {sample.code}, {pictures} pictures: {sample.output[-800:]}"
    )


def _without(words: str) -> Callable[[Sample, Path], str]:
    def trouble(sample: Sample, folder: Path) -> str:  # noqa: ARG001  # the same signature for all
        return (
            ""
            if sample.code == 0 and words in sample.output
            else f"exit code {sample.code}: {sample.output[-800:]}"
        )

    return trouble
