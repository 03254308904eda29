"""Markdown to paste into a forum or an issue. What came from the machine is escaped or fenced,
never interpreted.
"""

from __future__ import annotations

import re

import envcheck
from envcheck.model import Fix, Severity
from envcheck.printable import clean, one_line
from envcheck.reports import examined, words
from envcheck.reports.heading import course_says, where_to_ask
from envcheck.reports.numbers import counts
from envcheck.reports.words import WORDS
from envcheck.run.report import Report, RootCause

PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>#!|~$^&]|^[-+=]|^\d+(?=[.)])|(?<=www)\.)", re.IGNORECASE)
# What is shown as code: what stands between backticks, and addresses, which are no links here.
CODE = re.compile(r"`([^`]+)`|(\b[a-z][a-z0-9+.-]*://[^\s`<>]+[^\s`<>.,;:!?)\]'\"])", re.IGNORECASE)
LANGUAGES = {"posix": "sh", "fish": "fish", "powershell": "powershell", "cmd": "bat"}


def render(report: Report) -> str:
    """The report as Markdown."""
    lead = words.verdict(report).rstrip(".")
    blocks = [
        f"## envcheck: {escaped(lead)}",
        escaped(f"{report.course_title}. {examined.target(report)}"),
    ]
    blocks += [escaped(words.afterword(report))] if words.afterword(report) else []
    blocks += (
        [f"**Next step:** {_fix(report.to_mend[0].diagnosis.fixes[0], report.again.shell)}"]
        if report.to_mend and report.to_mend[0].diagnosis.fixes
        else []
    )
    blocks += [escaped(line) for line in course_says(report)]
    blocks += [escaped(where_to_ask(report))] if where_to_ask(report) else []
    blocks += [_cause(cause, report) for cause in report.causes]
    blocks += ["### Checks", _table(report)]
    blocks += [f"Note: {escaped(text)}" for text in report.broken]
    end = f"{counts(report)} Exit code {report.exit_code}, envcheck {envcheck.__version__}, {report.started}."
    return "\n\n".join([*blocks, escaped(end)]) + "\n"


def escaped(text: str, *, cell: bool = False) -> str:
    """On one line and only ever read: no markup, no HTML, no table cell, no link, and nobody is
    called by an @. What stands between backticks stays as it is, `cell`: in a table, too.
    """
    pieces, end = [], 0
    text = one_line(text)
    for match in CODE.finditer(text):
        pieces += [_plain(text[end : match.start()]), _span(match[1] or match[2], cell)]
        end = match.end()
    return "".join([*pieces, _plain(text[end:])])


def _plain(text: str) -> str:
    """Words without a meaning for Markdown."""
    text = PUNCTUATION.sub(
        lambda hit: f"{hit[1]}\u200b" if hit[1].isdigit() else f"\\{hit[1]}", text
    )
    return re.sub(r"@(?=\w)", "@\u200b", text)


def _span(text: str, cell: bool) -> str:
    """Code, without backticks inside; in a table a bar would end the cell all the same."""
    return f"`{text.replace('|', chr(92) + '|') if cell else text}`"


def fenced(text: str, language: str) -> str:
    """A block whose fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}{language}\n{clean(text)}\n{fence}"


def _fix(fix: Fix, shell: str) -> str:
    blocks = [escaped(fix.title)]
    for part in words.parts(fix, shell):
        blocks.append(fenced(part.text, LANGUAGES[shell]) if part.paste else escaped(part.text))
    return "\n\n".join(blocks)


def _cause(cause: RootCause, report: Report) -> str:
    diagnosis = cause.diagnosis
    word = "FAIL" if diagnosis.severity is Severity.ERROR else "warn"
    word = "waived" if cause.waived else word
    blocks = [f"### {word}: {escaped(diagnosis.summary)}"]
    rows = [
        f"{label:<9}  {row}"
        for label, text in words.evidence(diagnosis)
        for row in clean(text).splitlines()
    ]
    blocks += [fenced("\n".join(rows), "text")] if rows else []
    blocks += [escaped(diagnosis.note)] if diagnosis.note else []
    others = words.waiting(report, cause)
    blocks += [f"Waiting for this: {escaped(', '.join(others))}"] if others else []
    shown = 1 if cause in report.to_mend[:1] else 0
    blocks += [
        f"{'Or' if shown or number else 'Fix'}: {_fix(fix, report.again.shell)}"
        for number, fix in enumerate(diagnosis.fixes[shown:])
    ]
    why = words.why(report, diagnosis.code)
    blocks += [f"Why: {_code(why)}"] if why else []
    return "\n\n".join(blocks)


def _code(text: str) -> str:
    """A span of code; where a backtick is inside, plain words."""
    text = one_line(text)
    return escaped(text) if "`" in text else f"`{text}`"


def _table(report: Report) -> str:
    rows = [
        f"| {WORDS[result.status]} | {escaped(result.title, cell=True)} | {escaped(words.sentence(result), cell=True)} |"
        for result in report.results
    ]
    return "\n".join(["| | Check | What was found |", "|---|---|---|", *rows])
