"""The words that all formats share: statuses, how a report ends, and what is safe to show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from envcheck.model import Diagnosis, Fix, Severity, Status, Step, Tell, UsePython, Write
from envcheck.printable import clean, one_line
from envcheck.reports import waived
from envcheck.run.report import INTERRUPTED, NOT_READY, READY, Report, RootCause
from envcheck.run.result import CheckResult
from envcheck.sentences import listed
from envcheck.target import shells

WORDS = {
    Status.PASS: "ok",
    Status.WARN: "warn",
    Status.FAIL: "FAIL",
    Status.SKIP: "--",
    Status.UNDETERMINED: "????",
}

FEW = 3  # checks that a sentence names

OWN_FAULT = "it broke by itself"
ELSEWHERE = "only on "  # the systems follow that a check is for
UNTOLD = "not told: "  # the reason follows, and what to do about it


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian characters take two,
    accents none.
    """
    return sum(
        0
        if unicodedata.combining(character)
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def spoken(chapter: str) -> str:
    """`chapter2` is `chapter 2`; other ids are said as they are."""
    return re.sub(r"^chapter(\d+)$", r"chapter \1", one_line(chapter))


def chapters(report: Report) -> str:
    """What was asked about: `chapter 2 and the track warehouse`."""
    names = [
        f"the track {one_line(name)}" if name in report.tracks else spoken(name)
        for name in report.chapters
    ]
    return listed(names) or "nothing"


def asked(report: Report, *more: str) -> str:
    """The command that asks for the same again, of the same Python, with `more` options."""
    return one_line(report.again.same(*more))


def why(report: Report, code: str) -> str:
    """The command that shows the long page of a code; empty where there is no page."""
    return one_line(report.again.explain(code)) if code in report.explained else ""


def verdict(report: Report) -> str:
    """The answer in one sentence."""
    about = chapters(report)
    if report.exit_code == INTERRUPTED:
        return f"Interrupted before {about} was answered."
    if report.exit_code == READY:
        warnings = sum(cause.diagnosis.severity is Severity.WARNING for cause in report.to_mend)
        warned = f", with {_number(warnings, 'warning')}" if warnings else ""
        return _ready(report, warned) if report.complete else _works(report, warned)
    if report.exit_code == NOT_READY:
        return f"Not ready for {about}: {_blame(report)}."
    if any(result.status is Status.UNDETERMINED or result.blocked_by for result in report.results):
        return f"Could not tell whether this machine is ready for {about}."
    return f"Nothing was proved about {about}."


def _ready(report: Report, warned: str) -> str:
    """Of a chapter that is for other systems nothing was proved: it is named apart."""
    foreign = [name for name in report.chapters if _is_foreign(report, name)]
    if not foreign:
        return f"Ready for {chapters(report)}{warned}."
    own = replace(report, chapters=tuple(n for n in report.chapters if n not in foreign))
    verb = "is" if len(foreign) == 1 else "are"
    rest = f"{listed([spoken(name) for name in foreign])} {verb} not for your system"
    return f"Ready for {chapters(own)}{warned}; {rest}."


def _is_foreign(report: Report, chapter: str) -> bool:
    own = [each for each in report.results if each.required and each.id.startswith(f"{chapter}.")]
    return bool(own) and all(map(elsewhere, own))


def _works(report: Report, warned: str) -> str:
    """The answer to a part: what was asked for works, and what that says nothing about."""
    asked = [one_line(result.title) for result in report.results if not report.cut_short(result)]
    subject = "Everything that was asked for" if len(asked) > FEW else listed(asked)
    verb = "works" if len(asked) > FEW or len(asked) == 1 else "work"
    return f"{subject} {verb}{warned}. Not all of {chapters(report)} was asked for."


def afterword(report: Report) -> str:
    """What a reader without a verdict should know and do; empty where there is a verdict."""
    if report.exit_code in (READY, NOT_READY):
        return ""
    if report.exit_code == INTERRUPTED:
        return "Run it again and let it come to its end."
    untold = [result.summary for result in report.results if result.status is Status.UNDETERMINED]
    if untold:
        explained = all(
            summary.startswith(UNTOLD) and OWN_FAULT not in summary for summary in untold
        )
        return "This is not a verdict about your machine: envcheck could not tell" + (
            ", and says why. Run it again when that has changed."
            if explained
            else ". Run it once more; if it says the same, show this page to your teacher."
        )
    required = [result for result in report.results if result.required]
    if required and all(map(elsewhere, required)):
        return "This is not for your system, so it says nothing about your machine."
    nothing = "Nothing that is required was done, so this says nothing about your machine."
    if any(not_asked(result) for result in report.results):
        return f"{nothing} Run it again without leaving checks out."
    return f"{nothing} Each check says why: run it again when that has changed."


def _blame(report: Report) -> str:
    errors = sum(cause.diagnosis.severity is Severity.ERROR for cause in report.to_mend)
    if not errors:
        warnings = _number(len(report.to_mend), "warning")
        return f"{warnings}, and --strict counts {'it' if len(report.to_mend) == 1 else 'them'}"
    return "one cause" if errors == 1 else f"{errors} causes, the most important first"


def _number(count: int, word: str) -> str:
    return f"one {word}" if count == 1 else f"{count} {word}s"


def sentence(result: CheckResult) -> str:
    """The sentence of a check: what it found, or why it did not look, and that it does not count."""
    return waived.around(result, _sentence(result))


def _sentence(result: CheckResult) -> str:
    if result.status is not Status.SKIP:
        return result.summary
    if result.blocked_by:
        return f"waits for {result.blocked_by}"
    reason = not_asked(result)
    return (
        f"not asked: {reason}"
        if reason
        else f"skipped: {result.skip_reason or 'no reason was given'}"
    )


def not_asked(result: CheckResult) -> str:
    """The option that left the check out; empty where something else did."""
    reason = result.skip_reason or ""
    if result.status is not Status.SKIP or result.blocked_by:
        return ""
    return (
        one_line(reason.partition(":")[2])
        if reason.startswith("not asked:")
        else ""
        if result.selected
        else one_line(reason)
    )


def elsewhere(result: CheckResult) -> str:
    """Which systems the check is for, where this is none of them; else empty."""
    reason = result.skip_reason or ""
    return one_line(reason) if reason.startswith(ELSEWHERE) else ""


def evidence(diagnosis: Diagnosis) -> list[tuple[str, str]]:
    """The sides that there are, each with its label."""
    sides = diagnosis.evidence
    labelled = (("found", sides.found), ("wanted", sides.wanted), ("looked in", sides.looked_in))
    return [(label, text) for label, text in labelled if text]


def waiting(report: Report, cause: RootCause) -> list[str]:
    """Titles of the checks that could not start because of this cause."""
    return [result.title for result in report.results if result.blocked_by in cause.checks]


@dataclass(frozen=True)
class Part:
    """A piece of a fix: a line to paste, or words for the person who does it."""

    text: str
    paste: bool


def parts(fix: Fix, shell: str) -> list[Part]:
    """A fix for the eyes, in order; what no line can say is said in words. Neighbouring lines are
    one piece.
    """
    pieces: list[Part] = []
    for step in fix.steps:
        for part in _parts(step, shell):
            if part.paste and pieces and pieces[-1].paste:
                part = Part(f"{pieces.pop().text}\n{part.text}", True)  # noqa: PLW2901  # the two are one now
            pieces.append(part)
    return pieces


def _parts(step: Step, shell: str) -> list[Part]:
    if isinstance(step, Tell):
        return _told(clean(step.text), clean(step.typed))
    if isinstance(step, UsePython) and not shells.script((step,), shell):
        return [Part(f"From then on use {clean(step.python)}", False)]
    if isinstance(step, Write):
        return [
            Part(f"Put this into the file {clean(step.path)}:", False),
            Part(clean(step.text).rstrip(), True),
        ]
    line = clean(shells.script((step,), shell))
    return [Part(line, True)] if line else []


def _told(text: str, typed: str) -> list[Part]:
    """A command inside a sentence cannot be pasted: it stands between what comes before and after."""
    before, _, after = text.partition(typed) if typed else (text, "", "")
    pieces = (
        Part(before.rstrip(), False),
        Part(typed if typed in text else "", True),
        Part(after.lstrip(" .,;"), False),
    )
    return [piece for piece in pieces if piece.text]
