"""What the learner reads: a line a check, then what is wrong, and the one next step last. Plain words, plain ASCII layout."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import click

from envcheck import shells
from envcheck.model import CheckResult, Diagnosis, Fix, Severity, Status, Step, Tell, UsePython
from envcheck.report import INTERRUPTED, NOT_READY, READY, Report, RootCause

WORDS = {Status.PASS: "ok", Status.WARN: "warn", Status.FAIL: "FAIL", Status.SKIP: "--", Status.ERROR: "????"}
COLOURS = {Status.PASS: "green", Status.WARN: "yellow", Status.FAIL: "red", Status.ERROR: "magenta"}
CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
TITLE = 14  # columns for a check's title; a longer one gets a line of its own


def render(report: Report) -> str:
    """The whole text, 80 columns, no colour: for files and for pipes."""
    return Page().whole(report)


@dataclass(frozen=True)
class Page:
    """How wide, and with what ink. `shell` is the learner's own: posix, powershell or cmd."""

    width: int = 80
    colour: bool = False
    verbose: bool = False
    shell: str = "posix"

    def whole(self, report: Report) -> str:
        lines = [self.header(report), *(self.line(result) for result in report.results if self.shows(result)), self.ending(report)]
        return "\n".join(line for line in lines if line) + "\n"

    def header(self, report: Report) -> str:
        """Which chapter, and which Python, and why that one."""
        target = report.target
        chapters = ", ".join(_spoken(chapter) for chapter in report.chapters)
        python = f"Python {target.version}" if target.version else "a Python that does not answer"
        text = f"{report.course_title}, {chapters}: {target.python or 'no Python'}, {python} ({target.located_by})"
        return self._wrapped(text, "", "  ") + "\n"

    def shows(self, result: CheckResult) -> bool:
        """Blocked checks are named under their cause; what was not asked for is counted at the end."""
        return self.verbose or not (result.blocked_by or (result.status is Status.SKIP and not result.selected))

    def line(self, result: CheckResult) -> str:
        text = result.summary if result.status is not Status.SKIP else f"skipped: {result.skip_reason}"
        if self.verbose:
            text += f" [{result.id}, {result.seconds:.1f} s]"
        word = self._ink(f"{WORDS[result.status]:<4}", result.status)
        if len(result.title) > TITLE:
            return f"  {word}  {clean(result.title)}\n" + self._wrapped(text, " " * 8, " " * 8)
        body = self._wrapped(text, " " * (TITLE + 10), " " * (TITLE + 10)).lstrip()
        return f"  {word}  {result.title:<{TITLE}}  {body}".rstrip()

    def ending(self, report: Report) -> str:
        """Causes with their evidence, the verdict, and last the one next step."""
        causes = report.causes
        parts = [self._cause(cause, report) for cause in causes]
        parts += [self._wrapped(f"Note: {text}", "", "      ") for text in report.broken]
        parts.append(self._verdict(report))
        if causes:
            parts.append(self.next_step(causes[0].diagnosis))
        return "\n" + "\n\n".join(part for part in parts if part)

    def _cause(self, cause: RootCause, report: Report) -> str:
        diagnosis = cause.diagnosis
        status = Status.FAIL if diagnosis.severity is Severity.ERROR else Status.WARN
        lines = [f"  {self._ink(f'{WORDS[status]:<4}', status)}  " + self._wrapped(diagnosis.summary, " " * 8, " " * 8).lstrip()]
        evidence = diagnosis.evidence
        for label, text in (("found", evidence.found), ("wanted", evidence.wanted), ("looked in", evidence.looked_in)):
            if text:
                lines.append(self._wrapped(text, f"        {label:<9}  ", " " * 19))
        if diagnosis.note:
            lines.append(self._wrapped(diagnosis.note, "        note: ", " " * 14))
        waiting = [result.title for result in report.results if result.blocked_by in cause.checks]
        if waiting:
            lines.append(self._wrapped(", ".join(waiting), "        waiting for this: ", " " * 10))
        return "\n".join(lines)

    def _verdict(self, report: Report) -> str:
        chapters = " and ".join(_spoken(chapter) for chapter in report.chapters)
        counts = _counts(report)
        if report.exit_code == INTERRUPTED:
            return self._wrapped(f"Interrupted. {counts}", "", "")
        if report.exit_code == READY:
            return self._wrapped(self._ink(f"Ready for {chapters}.", Status.PASS) + f" {counts}", "", "")
        if report.exit_code == NOT_READY:
            errors = sum(cause.diagnosis.severity is Severity.ERROR for cause in report.causes) or len(report.causes)
            number = "one cause" if errors == 1 else f"{errors} causes, most important first"
            return self._wrapped(self._ink(f"Not ready for {chapters}:", Status.FAIL) + f" {number}. {counts}", "", "")
        told = "This is not a verdict about your machine: envcheck could not tell. Show this page to your teacher."
        return self._wrapped(f"Could not tell whether this machine is ready for {chapters}. {counts} {told}", "", "")

    def next_step(self, diagnosis: Diagnosis) -> str:
        """The one next step, ready to paste, and where to read why."""
        lines = []
        if diagnosis.fixes:
            lines.append(self._wrapped(f"Next step: {_sentence(diagnosis.fixes[0])}", "", ""))
            lines += [f"    {line}" for line in self._step_lines(diagnosis.fixes[0])]
        lines.append(f"Why: envcheck explain {diagnosis.code}")
        return "\n".join(lines)

    def _step_lines(self, fix: Fix) -> list[str]:
        lines: list[str] = []
        for step in fix.steps:
            lines += self._told(step) if isinstance(step, Tell | UsePython) else shells.script((step,), self.shell).splitlines()
        return [clean(line) for line in lines]

    def _told(self, step: Tell | UsePython) -> list[str]:
        text = step.text if isinstance(step, Tell) else f"From then on use {step.python}"
        return textwrap.wrap(text, self.width - 4, break_long_words=False, break_on_hyphens=False)

    def _ink(self, text: str, status: Status) -> str:
        return click.style(text, fg=COLOURS[status], bold=status is Status.FAIL) if self.colour and status in COLOURS else text

    def _wrapped(self, text: str, first: str, rest: str) -> str:
        paragraphs = [line for line in clean(text, keep_ink=True).splitlines() if line.strip()]
        blocks = []
        for index, paragraph in enumerate(paragraphs or [""]):
            start = first if index == 0 else rest
            blocks.append(
                textwrap.fill(
                    paragraph,
                    self.width,
                    initial_indent=start,
                    subsequent_indent=rest,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )
        return "\n".join(blocks)


def clean(text: str, keep_ink: bool = False) -> str:
    """Without control characters: what a program printed must not steer the learner's terminal."""
    if keep_ink:
        return CONTROL.sub(lambda hit: hit[0] if hit[0] in OWN_INK else "", text)
    return CONTROL.sub("", text)


OWN_INK = {"\x1b[0m", "\x1b[1m", *(f"\x1b[{number}m" for number in range(30, 38))}


def _sentence(fix: Fix) -> str:
    return f"{fix.title[:1].lower()}{fix.title[1:]}"


def _spoken(chapter: str) -> str:
    """`chapter2` is `chapter 2`; other ids are said as they are."""
    return re.sub(r"^chapter(\d+)$", r"chapter \1", chapter)


def _counts(report: Report) -> str:
    proved = sum(result.status in (Status.PASS, Status.WARN) for result in report.results)
    rows: Sequence[tuple[int, str]] = (
        (proved, "proved"),
        (sum(len(result.diagnoses) > 0 and result.status is Status.WARN for result in report.results), "with a warning"),
        (sum(result.blocked_by is not None for result in report.results), "waiting"),
        (sum(result.status is Status.SKIP and not result.blocked_by for result in report.results), "skipped"),
        (sum(result.status is Status.ERROR for result in report.results), "could not be told"),
    )
    said = ", ".join(f"{number} {word}" for number, word in rows if number)
    return f"{said[:1].upper()}{said[1:]}, {report.seconds:.1f} s." if said else f"Nothing was proved, {report.seconds:.1f} s."
