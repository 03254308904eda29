"""GitHub workflow commands: an annotation for the verdict and for each cause, and a short summary
for the log.
"""

from __future__ import annotations

from envcheck.model import Severity, Status
from envcheck.printable import clean, for_a_log, one_line
from envcheck.reports import words
from envcheck.reports.numbers import counts
from envcheck.reports.text import Page
from envcheck.run.report import NOT_READY, READY, Report, RootCause

MOST = 9  # annotations of one kind that GitHub shows for a step are ten; the verdict is one


def render(report: Report) -> str:
    """The report as GitHub workflow commands."""
    lines = [
        command("notice" if report.exit_code == READY else "error", "envcheck", _verdict(report))
    ]
    lines += [_cause(cause, report) for cause in report.causes[:MOST]]
    unknown = [result for result in report.results if result.status is Status.UNDETERMINED]
    lines += [
        command("warning", result.title, f"could not tell: {result.summary}")
        for result in unknown[:MOST]
    ]
    return "\n".join([*lines, *(for_a_log(line) for line in _summary(report).splitlines())]) + "\n"


def command(name: str, title: str, text: str) -> str:
    """`::name title=...::text`, with what would end a line, a property or a value written as a
    code.
    """
    return f"::{name} title={_property(one_line(title))}::{_data(_unmarked(clean(text)))}"


def _verdict(report: Report) -> str:
    return f"{words.verdict(report)} {counts(report)} Exit code {report.exit_code}. {words.afterword(report)}".strip()


def _cause(cause: RootCause, report: Report) -> str:
    diagnosis = cause.diagnosis
    lines = [f"waived: {diagnosis.summary}" if cause.waived else diagnosis.summary]
    lines += [f"{label}: {text}" for label, text in words.evidence(diagnosis)]
    for fix in diagnosis.fixes[:1]:
        lines.append(f"Next step: {fix.title}")
        lines += [part.text for part in words.parts(fix, report.again.shell)]
    counts = report.exit_code == NOT_READY and (
        report.strict or diagnosis.severity is Severity.ERROR
    )
    name = "notice" if cause.waived else "error" if counts else "warning"
    return command(name, diagnosis.code, "\n".join(lines))


def _summary(report: Report) -> str:
    """The page without what the annotations say already."""
    page = Page(width=100)
    shown = [result for result in report.results if page.shows(result)]
    rows = [
        one_line(f"{words.WORDS[result.status]} {result.title}: {words.sentence(result)}")
        for result in shown
    ]
    return "\n".join([page.header(report), *rows])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(_unmarked(text)).replace(":", "%3A").replace(",", "%2C")


def _unmarked(text: str) -> str:
    """The older form of a command, which the runner looks for anywhere in a line."""
    return text.replace("##[", "## [")
