"""JUnit XML, for CI systems: a test case a check. ElementTree escapes; characters that XML forbids
are taken out before.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

import envcheck
from envcheck.model import Status
from envcheck.printable import clean, one_line
from envcheck.reports import examined, words
from envcheck.run.report import INTERRUPTED, READY, UNDETERMINED, Report
from envcheck.run.result import CheckResult

TAGS = {Status.FAIL: "failure", Status.UNDETERMINED: "error", Status.SKIP: "skipped"}


def render(report: Report) -> str:
    """The report as JUnit XML."""
    root = Element("testsuites", name="envcheck")
    suite = SubElement(
        root, "testsuite", name=one_line(f"{report.course_title}, {words.chapters(report)}")
    )
    suite.set("timestamp", one_line(report.started).rstrip("Z"))
    _properties(suite, report)
    for result in report.results:
        _case(suite, result, report)
    if report.exit_code in (UNDETERMINED, INTERRUPTED) and suite.find("testcase/error") is None:
        _unproved(suite, report)
    _count(root, suite, report)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _properties(suite: Element, report: Report) -> None:
    box = SubElement(suite, "properties")
    values = {
        "verdict": report.verdict,
        "exit_code": str(report.exit_code),
        "envcheck": envcheck.__version__,
        "course_revision": report.course_revision,
        "target": examined.target(report),
    }
    for name, value in values.items():
        SubElement(box, "property", name=name, value=one_line(value))


def _case(suite: Element, result: CheckResult, report: Report) -> None:
    group, _, name = one_line(result.id).rpartition(".")
    case = SubElement(
        suite,
        "testcase",
        classname=group or one_line(report.course_id),
        name=name,
        time=f"{result.seconds:.3f}",
    )
    tag = _tag(result, report)
    if tag is not None:
        code = result.diagnoses[0].code if result.diagnoses else result.status.value
        optional = tag == "skipped" and not (result.waived or result.status is Status.SKIP)
        sentence = f"{'optional: ' * optional}{words.sentence(result)}"
        element = SubElement(case, tag, message=one_line(sentence), type=one_line(code))
        element.text = None if result.status is Status.SKIP else clean(details(result, report))
    if result.status is Status.WARN:
        SubElement(case, "system-out").text = clean(f"{result.summary}\n{details(result, report)}")


def _tag(result: CheckResult, report: Report) -> str | None:
    """What the exit code counts is red, and nothing else: there are readers of this file alone."""
    if report.strict and result.status is Status.WARN and result.required and result.selected:
        return "failure"
    if result.status is Status.PASS:
        return None
    tag = TAGS.get(result.status)
    if result.waived or (tag is not None and not _counts(result, report)):
        return "skipped"
    return tag


def _counts(result: CheckResult, report: Report) -> bool:
    """What is optional counts where something that is required waits for it; where the machine is
    ready, nothing does.
    """
    if report.exit_code == READY:
        return False
    waited_for = {other.blocked_by for other in report.results if other.required}
    return result.required or result.id in waited_for


def details(result: CheckResult, report: Report) -> str:
    """Every diagnosis with its evidence and its first fix, as plain lines."""
    lines = [] if result.diagnoses else [result.summary]
    for diagnosis in result.diagnoses:
        lines.append(f"{diagnosis.severity.value}: {diagnosis.summary}")
        lines += [f"{label}: {text}" for label, text in words.evidence(diagnosis)]
        lines += [f"note: {diagnosis.note}"] if diagnosis.note else []
        for fix in diagnosis.fixes[:1]:
            lines.append(f"next step: {fix.title}")
            lines += [f"    {part.text}" for part in words.parts(fix, report.again.shell)]
        why = words.why(report, diagnosis.code)
        lines += [f"why: {why}"] if why else []
    return "\n".join(lines)


def _unproved(suite: Element, report: Report) -> None:
    """Nothing proved is not green: without a case of its own, a run that checked nothing would look
    like success.
    """
    case = SubElement(suite, "testcase", classname="envcheck", name="verdict", time="0.000")
    SubElement(
        case, "error", message=words.verdict(report), type=report.verdict
    ).text = words.afterword(report)


def _count(root: Element, suite: Element, report: Report) -> None:
    paths = {
        "tests": "testcase",
        "failures": "testcase/failure",
        "errors": "testcase/error",
        "skipped": "testcase/skipped",
    }
    for element in (root, suite):
        for name, path in paths.items():
            if element is suite or name != "skipped":  # Jenkins' schema has it for a suite alone
                element.set(name, str(len(suite.findall(path))))
        element.set("time", f"{report.seconds:.3f}")
