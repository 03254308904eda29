"""Reports to draw: a few that a person would recognise, and a strategy for any report at all."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st

from envcheck.model import (
    Confidence,
    Diagnosis,
    Evidence,
    Fix,
    Rename,
    Run,
    SetEnv,
    Severity,
    Status,
    Step,
    Tell,
    UnsetEnv,
    UsePython,
    Write,
)
from envcheck.run.again import Again
from envcheck.run.report import Report
from envcheck.run.result import CheckResult, TargetSummary
from envcheck.waiver import Waiver

ANY = settings(max_examples=settings().max_examples // 4)  # a report is long to draw
PYTHON = "~/ml/.venv/bin/python"
TARGET = TargetSummary(
    PYTHON,
    "the active virtual environment",
    True,
    "3.12.4",
    "cpython",
    "~/ml/.venv",
    "/usr",
    "venv",
    64,
    {"name": "Linux", "version": "Debian GNU/Linux 12 (bookworm)", "machine": "x86_64"},
)
OTHER_PYTHON = Diagnosis(
    "kernelspec-other-python",
    'the kernel "Python 3" starts another Python than yours',
    Evidence(
        "~/anaconda3/bin/python", PYTHON, "~/.local/share/jupyter/kernels/python3/kernel.json"
    ),
    (
        Fix(
            "give this environment its own kernel",
            (Run((PYTHON, "-m", "ipykernel", "install", "--sys-prefix")),),
        ),
    ),
)
INACTIVE = Diagnosis(
    "environment-inactive",
    "the environment was found in this folder, but it is not active in this terminal",
    Evidence(looked_in="~/ml"),
    (Fix("activate the environment", (Tell("Type this: source ~/ml/.venv/bin/activate"),)),),
    Severity.WARNING,
    "what you type next would otherwise meet another Python",
)


def result(
    name: str,
    title: str,
    status: Status = Status.PASS,
    summary: str = "",
    needs: tuple[str, ...] = (),
) -> CheckResult:
    return CheckResult(
        f"chapter2.{name}",
        title,
        status,
        0.5,
        summary,
        needs=tuple(f"chapter2.{need}" for need in needs),
    )


def blocked(name: str, title: str, by: str) -> CheckResult:
    one = result(name, title, Status.SKIP, needs=(by,))
    return replace(
        one, seconds=0.0, blocked_by=f"chapter2.{by}", skip_reason=f"blocked by chapter2.{by}"
    )


def skipped(name: str, title: str, reason: str, required: bool = True) -> CheckResult:
    return replace(
        result(name, title, Status.SKIP), seconds=0.0, skip_reason=reason, required=required
    )


FINE = (
    result("python", "Python", summary="3.12.4, 64-bit, standard library whole"),
    result("pip", "pip and venv", summary="pip 26.1 belongs to this Python", needs=("python",)),
    result(
        "packages",
        "Packages",
        summary="numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s",
        needs=("python",),
    ),
    result(
        "kernel",
        "Kernel",
        summary="`python3` starts this Python and answered in 0.4 s",
        needs=("python",),
    ),
    result(
        "snippets",
        "Snippets",
        summary="number, table, picture, error and interrupt came back",
        needs=("kernel", "packages"),
    ),
    result(
        "notebook",
        "Notebook",
        summary="served, ran a cell, saved and shut down in 3.4 s",
        needs=("kernel",),
    ),
)
NO_DISPLAY = skipped("browser", "Browser", "this machine has no display", required=False)
UNASKED = skipped("interface", "Interface", "not asked: it needs --deep", required=False)


PAGE = """\
# The page of {}

## What it is

A cause with `code` in its page,
and a second line.

## See it yourself

- Linux: `ls`
- Windows: `dir`
  or another

Type this:

    python -m pip list
      --outdated
"""


def report(*results: CheckResult, **changes: object) -> Report:
    made = Report(
        "2026-11-23T18:04:05Z",
        3.84,
        "ml",
        "ML for Software Engineers",
        "2026-11",
        ("chapter2",),
        TARGET,
        results,
        again=Again(names=("chapter2",)),
        explained={
            diagnosis.code: PAGE.format(diagnosis.code)
            for result in results
            for diagnosis in result.diagnoses
        },
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # what a test changes, it names rightly


READY = report(*FINE, NO_DISPLAY, UNASKED)
KERNEL_FAILS = replace(
    FINE[3], status=Status.FAIL, summary=OTHER_PYTHON.summary, diagnoses=(OTHER_PYTHON,)
)
NOT_READY = report(
    *FINE[:3],
    KERNEL_FAILS,
    blocked("snippets", "Snippets", "kernel"),
    blocked("notebook", "Notebook", "kernel"),
    NO_DISPLAY,
)
WAIVER = Waiver("the cluster is needed from week 9 on", datetime.date(2199, 1, 1))
WAIVED = report(*FINE[:3], replace(KERNEL_FAILS, required=False, waiver=WAIVER))
COUNTS_AGAIN = report(*FINE[:3], replace(KERNEL_FAILS, waiver=replace(WAIVER, ended=True)))
WARNED = report(replace(FINE[0], status=Status.WARN, diagnoses=(INACTIVE,)), *FINE[1:])
UNTOLD = "no answer within its limit of 45 s from the check `kernel` of envcheck-course"
UNDETERMINED = report(
    *FINE[:3],
    replace(FINE[3], status=Status.UNDETERMINED, summary=UNTOLD),
    blocked("snippets", "Snippets", "kernel"),
)
UNREACHED = replace(
    FINE[2], status=Status.UNDETERMINED, summary="interrupted before it had an answer"
)
INTERRUPTED = report(*FINE[:2], UNREACHED, interrupted=True)
UNPROVED = report(skipped("python", "Python", "not asked: --skip"), NO_DISPLAY)

NASTY = (
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07 \x1b[2J\x9b1m\x07\x00",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "\u202egnp.exe \u2066isolated\u2069 \u200fmark",
    "a | b ``` ` ````` @everyone #1 https://evil.example [a](b) <b>",
    "first\r\n::error title=x::injected\n##[error]old form %0A %25",
    "]]> &amp; <!-- --> {{ 7*7 }} {% raw %}",
    "\ufffe\uffff\x7f\x85\u2028\u2029\ufeff",
    "\u5b66\u7fd2\u74b0\u5883 na\u0308ive 🐍",
)


# Each strategy is made once: to make one takes longer than to draw from it.
@cache
def texts(least: int = 0) -> st.SearchStrategy[str]:
    """Any text, and often something that somebody would send on purpose."""
    anything = st.text(st.characters(exclude_categories=["Cs"]), min_size=least, max_size=8)
    return (
        anything
        | st.sampled_from(NASTY)
        | st.builds("{}{}".format, anything, st.sampled_from(NASTY))
    )


@cache
def steps() -> st.SearchStrategy[Step]:
    text = texts()
    runs = st.builds(Run, st.lists(text, min_size=1, max_size=4).map(tuple))
    variables = st.builds(UnsetEnv, text) | st.builds(SetEnv, text, text)
    files = st.builds(Rename, text, text) | st.builds(Write, text, text)
    return runs | variables | files | st.builds(UsePython, text) | st.builds(Tell, text)


@cache
def diagnoses() -> st.SearchStrategy[Diagnosis]:
    fixes = st.builds(
        Fix, texts(), st.lists(steps(), max_size=2).map(tuple), st.sampled_from(Confidence)
    )
    return st.builds(
        Diagnosis,
        texts(least=1),
        texts(),
        st.builds(Evidence, texts(), texts(), texts()),
        st.lists(fixes, max_size=2).map(tuple),
        st.sampled_from(Severity),
        texts(),
    )


STATUSES = {
    caused: st.sampled_from([one for one in Status if caused or one is not Status.FAIL])
    for caused in (True, False)
}
SECONDS, EITHER = st.floats(0, 1e6), st.booleans()
WAIVERS = st.none() | st.builds(Waiver, texts(least=1), st.dates(), st.booleans())


def result_of(draw: st.DrawFn, name: str, names: list[str], causes: list[Diagnosis]) -> CheckResult:
    """A result that the runner could have made: a failure has a diagnosis, a skip a reason; needs
    may even be circular.
    """
    status = draw(STATUSES[bool(causes)])
    found: tuple[Diagnosis, ...] = ()
    if status in (Status.FAIL, Status.WARN) and causes:
        found = tuple(draw(st.lists(st.sampled_from(causes), min_size=1, max_size=2)))
    skip = status is Status.SKIP
    waiver = draw(WAIVERS)
    return CheckResult(
        id=name,
        title=draw(texts()),
        status=status,
        seconds=draw(SECONDS),
        summary=draw(texts()),
        required=(waiver is None or waiver.ended) and draw(EITHER),
        diagnoses=found,
        blocked_by=draw(st.sampled_from([None, *names])) if skip else None,
        skip_reason=draw(texts(least=1)) if skip else None,
        started=draw(SECONDS),
        needs=tuple(draw(st.lists(st.sampled_from([*names, "unknown"]), max_size=4))),
        selected=draw(EITHER),
        waiver=waiver,
    )


@cache
def targets() -> st.SearchStrategy[TargetSummary]:
    optional = st.none() | texts()
    system = st.fixed_dictionaries({"name": texts(), "version": texts()})
    bits = st.none() | st.sampled_from([32, 64])
    return st.builds(
        TargetSummary,
        optional,
        texts(),
        st.none() | st.booleans(),
        optional,
        optional,
        optional,
        optional,
        optional,
        bits,
        system,
    )


NAMES = st.lists(texts(least=1), max_size=5, unique=True)
CAUSES = st.lists(diagnoses(), max_size=2)
CHAPTERS, LINES = st.lists(texts(), max_size=3), st.lists(texts(), max_size=2)


@cache
@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any report that a run could end with, and some that only a broken course could cause."""
    names = draw(NAMES)
    causes = draw(CAUSES)
    return Report(
        started="2026-11-23T18:04:05Z",
        seconds=draw(SECONDS),
        course_id=draw(texts()),
        course_title=draw(texts()),
        course_revision=draw(texts()),
        chapters=tuple(draw(CHAPTERS)),
        target=draw(targets()),
        results=tuple(result_of(draw, name, names, causes) for name in names),
        strict=draw(EITHER),
        interrupted=draw(EITHER),
        broken=tuple(draw(LINES)),
        hints=tuple(draw(LINES)),
        explained={cause.code: draw(texts()) for cause in causes[:1]},
    )
