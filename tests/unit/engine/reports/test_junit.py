"""JUnit XML, read by a program that CI systems' users use for it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import junitparser
from hypothesis import given
from junitparser import JUnitXml, TestCase, TestSuite
from tests.unit.engine.reports import examples

from envcheck.model import Status
from envcheck.reports import junit
from envcheck.run.report import Report

# Jenkins' schema, junit-10.xsd of its xunit plug-in, as far as we go: for each element what it must
# have, what it may have, and what may stand in it.
REASON = ("", "type message", "")
JENKINS = {
    "testsuites": ("", "name time tests failures errors", "testsuite"),
    "testsuite": (
        "name tests failures errors",
        "group time skipped timestamp hostname id package file log url",
        "testsuite properties testcase system-out system-err",
    ),
    "testcase": ("name", "time classname group", "skipped error failure system-out system-err"),
    "properties": ("", "", "property"),
    "property": ("name value", "", ""),
    "failure": REASON,
    "error": REASON,
    "skipped": REASON,
    "system-out": ("", "", ""),
    "system-err": ("", "", ""),
}
SECONDS = re.compile(r"\d*(\.\d*)?")


def read(report: Report) -> TestSuite:
    (suite,) = JUnitXml.fromstring(junit.render(report).encode())
    return suite


def case(report: Report, name: str) -> TestCase:
    (found,) = (one for one in read(report) if one.name == name)
    return found


@given(examples.reports())
@examples.ANY
def test_any_report_can_be_read(report: Report) -> None:
    """The counts in the head are those of the cases, and every check has its case."""
    suite = read(report)
    kinds = [type(one) for found in suite for one in found.result]
    counted = (suite.failures, suite.errors, suite.skipped)
    assert counted == tuple(
        kinds.count(kind) for kind in (junitparser.Failure, junitparser.Error, junitparser.Skipped)
    )
    assert suite.tests == len(list(suite)) >= len(report.results)


def test_a_failure_carries_its_cause() -> None:
    """The failing case names the cause and brings evidence and next step; the checks that wait are
    skipped.
    """
    (failure,) = case(examples.NOT_READY, "kernel").result
    assert isinstance(failure, junitparser.Failure)
    assert (failure.type, failure.message) == (
        "kernelspec-other-python",
        examples.OTHER_PYTHON.summary,
    )
    assert failure.text.splitlines() == [
        'error: the kernel "Python 3" starts another Python than yours',
        "found: ~/anaconda3/bin/python",
        "wanted: ~/ml/.venv/bin/python",
        "looked in: ~/.local/share/jupyter/kernels/python3/kernel.json",
        "next step: give this environment its own kernel",
        "    ~/ml/.venv/bin/python -m ipykernel install --sys-prefix",
        "why: envcheck explain kernelspec-other-python",
    ]
    (waits,) = case(examples.NOT_READY, "snippets").result
    assert isinstance(waits, junitparser.Skipped)
    assert waits.message == "waits for chapter2.kernel"


def test_a_warning_is_printed_and_passes() -> None:
    """A warning is in the case's output; with --strict it is a failure, as the exit code says."""
    warned = case(examples.WARNED, "python")
    assert not warned.result
    assert "warning: the environment was found in this folder" in warned.system_out
    (strict,) = case(replace(examples.WARNED, strict=True), "python").result
    assert isinstance(strict, junitparser.Failure)


def test_what_is_optional_is_not_red() -> None:
    """Where the verdict is ready, nothing in the file says otherwise; the evidence stays."""
    optional = replace(examples.KERNEL_FAILS, required=False)
    (skipped,) = case(examples.report(examples.READY.results[0], optional), "kernel").result
    assert isinstance(skipped, junitparser.Skipped)
    assert skipped.message == f"optional: {examples.OTHER_PYTHON.summary}"
    assert "found: ~/anaconda3/bin/python" in skipped.text


@given(examples.reports())
@examples.ANY
def test_green_is_what_the_exit_code_says(report: Report) -> None:
    """A reader of the file and a reader of the exit code come to the same verdict."""
    suite = read(report)
    assert (suite.failures + suite.errors == 0) == (report.exit_code == 0)


def test_unknown_is_an_error() -> None:
    """What envcheck could not tell is an error, not a failure."""
    (error,) = case(examples.UNDETERMINED, "kernel").result
    assert isinstance(error, junitparser.Error)
    assert error.message == examples.UNTOLD


def test_nothing_proved_is_not_green() -> None:
    """When every check was left out, a case of its own says so."""
    (error,) = case(examples.UNPROVED, "verdict").result
    assert error.message == "Nothing was proved about chapter 2."


def test_characters_that_xml_forbids() -> None:
    """They are taken out; everything else is kept and escaped."""
    cause = replace(examples.OTHER_PYTHON, summary="a\x00\x1b[31mb\ufffe<c>&]]>\ud800 \U0001f40d")
    failing = replace(
        examples.KERNEL_FAILS, summary=cause.summary, status=Status.FAIL, diagnoses=(cause,)
    )
    (failure,) = case(examples.report(failing), "kernel").result
    assert failure.message == "ab<c>&]]> \U0001f40d"


@given(examples.reports())
@examples.ANY
def test_jenkins_takes_it(report: Report) -> None:
    """An attribute that its schema does not know, such as `skipped` of the root, and it refuses the
    file as a whole.
    """
    root = ElementTree.fromstring(junit.render(report))
    assert root.tag == "testsuites"
    for element in root.iter():
        must, may, inside = (set(words.split()) for words in JENKINS[element.tag])
        assert must <= set(element.attrib) <= must | may, element.tag
        assert {child.tag for child in element} <= inside, element.tag
        assert SECONDS.fullmatch(element.get("time", "0"))


def test_the_number_of_skipped_cases_is_the_suites() -> None:
    root = ElementTree.fromstring(junit.render(examples.READY))
    assert root[0].get("skipped") == "2"
