"""What the learner reads: a line a check, the evidence under what is wrong, and the one next step
last. Plain ASCII layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import click

from envcheck.model import Diagnosis, Severity, Status
from envcheck.printable import clean, one_line
from envcheck.reports import examined, words
from envcheck.reports.heading import course_says, heading, where_to_ask
from envcheck.reports.numbers import counts
from envcheck.reports.words import WORDS, columns
from envcheck.run.report import Report
from envcheck.run.result import CheckResult
from envcheck.sentences import listed

COLOURS = {
    Status.PASS: "green",
    Status.WARN: "yellow",
    Status.FAIL: "red",
    Status.UNDETERMINED: "magenta",
}
ENDING = {0: Status.PASS, 1: Status.FAIL}
TITLE = 12  # columns for a check's title; a longer one gets a line of its own
BODY = 8 + TITLE + 2  # where the sentence of a check begins
NARROW = 72  # columns below which evidence begins under the title instead
WORD = re.compile(
    r"[^\s`]*`[^`\n]{1,40}`[^\s`]*|\[[^][\n]{1,60} s\]|\S+"
)  # what is typed stays on one line


def render(report: Report) -> str:
    """The whole text, 80 columns, no colour: for files and for pipes."""
    return Page().whole(report)


class Shown:
    """Which diagnoses the page has shown, and reasons why nobody can tell, and under which check."""

    def __init__(self) -> None:
        self._titles: dict[tuple[str, str], str] = {}

    def first(self, diagnosis: Diagnosis, result: CheckResult) -> str:
        """The title of the earlier check that showed it; empty when this one is the first."""
        return self._before((diagnosis.code, diagnosis.summary), result)

    def reason(self, result: CheckResult) -> str:
        """The title of the earlier check that could not tell for the same reason; empty for none."""
        untold = result.status is Status.UNDETERMINED
        return self._before(("", result.summary), result) if untold else ""

    def _before(self, what: tuple[str, str], result: CheckResult) -> str:
        title = one_line(result.title)
        before = self._titles.setdefault(what, title)
        return "" if before == title else before


@dataclass(frozen=True)
class Page:
    """How wide, and with what ink; `fixing`: `--fix` was typed, so it need not be offered."""

    width: int = 80
    colour: bool = False
    verbose: bool = False
    fixing: bool = False

    def whole(self, report: Report) -> str:
        """The page of a run that is over."""
        lines, shown = [self.header(report)], Shown()
        lines += [self.line(result, shown) for result in report.results if self.shows(result)]
        return "\n".join([*lines, self.ending(report)]) + "\n"

    def header(self, report: Report) -> str:
        """Which chapter, and which Python, and why that one."""
        title = one_line(heading(report))
        return "\n".join(
            [self._wrapped(title), self._wrapped(examined.target(report), "", "  "), ""]
        )

    def shows(self, result: CheckResult) -> bool:
        """Checks that wait for another, were not asked for, or are for another system share a line at
        the end.
        """
        apart = result.blocked_by or words.not_asked(result) or words.elsewhere(result)
        return self.verbose or not apart

    def line(self, result: CheckResult, shown: Shown) -> str:
        """One check: a line, and what is wrong under it, unless an earlier one has shown it."""
        earlier = [shown.first(diagnosis, result) for diagnosis in result.diagnoses]
        same = result.status is Status.FAIL and earlier and all(earlier)
        reasons = dict.fromkeys(earlier) if same else filter(None, [shown.reason(result)])
        text = (
            f"for the same reason as {listed(list(titles))}"
            if (titles := list(reasons))
            else words.sentence(result)
        )
        text += f" [{result.id}, {result.seconds:.1f} s]" if self.verbose else ""
        lines = [self._row(result.status, one_line(result.title), text)]
        for diagnosis, title in zip(result.diagnoses, earlier, strict=True):
            if not same and one_line(diagnosis.summary) != one_line(result.summary):
                start = " " * (BODY if self.width >= NARROW else 8)
                word = "warning" if diagnosis.severity is Severity.WARNING else "also"
                sentence = f"for the same reason as {title}" if title else diagnosis.summary
                lines.append(self._wrapped(f"{word}: {sentence}", start, start))
            lines += [] if title else self._proof(diagnosis)
        return "\n".join(lines)

    def ending(self, report: Report) -> str:
        """Who waits for whom, the verdict, and last the one next step."""
        blocks = ["\n".join(self._unseen(report))]
        blocks += [self._wrapped(f"Note: {text}", "", "      ") for text in report.broken]
        blocks.append(
            "\n".join(
                part
                for part in (self._verdict(report), self._wrapped(words.afterword(report)))
                if part
            )
        )
        if report.to_mend and (
            report.exit_code in ENDING or report.to_mend[0].diagnosis.severity is Severity.ERROR
        ):
            blocks.append(self.next_step(report))
        if report.exit_code == 0:
            blocks.append(self.typed(report))
        blocks += [self._wrapped(line) for line in course_says(report)]
        blocks.append(one_line(where_to_ask(report)))
        return ("" if blocks[0] else "\n") + "\n\n".join(block for block in blocks if block)

    def typed(self, report: Report) -> str:
        """What does it on this machine, where the course's own line would not."""
        lines = dict.fromkeys(
            f"    {one_line(result.typed)}" for result in report.results if result.typed
        )
        head = "Type this here, in place of the course's own line:"
        return "\n".join([self._wrapped(head), *lines]) if lines else ""

    def next_step(self, report: Report) -> str:
        """The one next step, ready to paste, and where to read why."""
        first, *others = [cause.diagnosis for cause in report.to_mend]
        lines = []
        if first.fixes:
            title = one_line(first.fixes[0].title)
            lines.append(self._wrapped(f"Next step: {title[:1].lower()}{title[1:]}"))
            for part in words.parts(first.fixes[0], report.again.shell):
                text = part.text if part.paste else self._wrapped(part.text, "", "", self.width - 4)
                lines += [f"    {line}" for line in text.splitlines()]
        automatic = any(fix.automatic for fix in first.fixes) and not self.fixing
        if first.severity is Severity.ERROR and automatic:
            lines.append(f"Or let envcheck do it: {words.asked(report, '--fix')}")
        if why := words.why(report, first.code):
            lines.append(f"{'Why:':<{12 if others else 5}}{why}")
        codes = dict.fromkeys(
            diagnosis.code for diagnosis in others if diagnosis.code != first.code
        )
        pages = [words.why(report, code) for code in codes]
        lines += [f"After that: {page}" for page in pages if page]
        return "\n".join(lines)

    def _row(self, status: Status, title: str, text: str) -> str:
        """Status, title and sentence in their columns."""
        start = f"  {self._ink(f'{WORDS[status]:<4}', status)}  {title}"
        if columns(title) > TITLE:
            return f"{start}\n{self._wrapped(text, ' ' * 8, ' ' * 8)}"
        body = self._wrapped(text, " " * BODY, " " * BODY)[BODY:]
        return f"{start}{' ' * (TITLE - columns(title) + 2)}{body}".rstrip()

    def _proof(self, diagnosis: Diagnosis) -> list[str]:
        """Evidence and note; further left where a path is long."""
        rows = [(f"{label:<9}  ", text) for label, text in words.evidence(diagnosis)]
        longest = max(
            (columns(word) for _, text in rows for word in clean(text).split()), default=0
        )
        start = " " * (BODY if BODY + 11 + longest <= self.width >= NARROW else 8)
        rows += [("note: ", diagnosis.note)] if diagnosis.note else []
        return [
            self._wrapped(text, start + label, start + " " * len(label)) for label, text in rows
        ]

    def _unseen(self, report: Report) -> list[str]:
        """A line for each check that others wait for, and one for what was not asked."""
        titles = {result.id: one_line(result.title) for result in report.results}
        blocked: dict[str, list[str]] = {}
        left_out: dict[str, list[str]] = {}
        elsewhere: dict[str, list[str]] = {}
        for result in report.results if not self.verbose else ():
            if result.blocked_by:
                blocked.setdefault(titles.get(result.blocked_by, result.blocked_by), []).append(
                    titles[result.id]
                )
            elif reason := words.not_asked(result):
                left_out.setdefault(reason, []).append(titles[result.id])
            elif reason := words.elsewhere(result):
                elsewhere.setdefault(reason, []).append(titles[result.id])
        rows = [
            self._row(Status.SKIP, "Waiting", f"for {root}: {', '.join(all_)}")
            for root, all_ in blocked.items()
        ]
        rows += [
            self._row(Status.SKIP, "Not here", f"{', '.join(all_)} ({reason})")
            for reason, all_ in elsewhere.items()
        ]
        unasked = "; ".join(f"{', '.join(all_)} ({reason})" for reason, all_ in left_out.items())
        return [*rows, *([self._row(Status.SKIP, "Not asked", unasked)] if unasked else [])]

    def _verdict(self, report: Report) -> str:
        lead, ends = words.verdict(report), counts(report)
        status = ENDING.get(report.exit_code, Status.UNDETERMINED)
        inked = "\n".join(self._ink(line, status) for line in self._wrapped(lead).splitlines())
        fits = columns(f"{lead} {ends}") <= self.width
        return f"{inked} {ends}" if fits else f"{inked}\n{self._wrapped(ends)}"

    def _ink(self, text: str, status: Status) -> str:
        if not self.colour or status not in COLOURS:
            return text
        return click.style(text, fg=COLOURS[status], bold=status is Status.FAIL or None)

    def _wrapped(self, text: str, first: str = "", rest: str = "", width: int = 0) -> str:
        return filled(text, width=width or self.width, first=first, rest=rest)


def filled(text: str, *, width: int, first: str = "", rest: str = "") -> str:
    """Paragraphs filled to the width; a word that is longer than that, a path or a command, stays
    whole. `first` begins the first line, `rest` all others.
    """
    lines: list[str] = []
    for paragraph in clean(text).splitlines():
        pieces = WORD.findall(paragraph)
        if pieces:
            lines.append((rest if lines else first) + pieces[0])
        for word in pieces[1:]:
            if columns(lines[-1]) + 1 + columns(word) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(rest + word)
    return "\n".join(lines)
