"""GitHub's workflow commands, judged by the rules of its runner."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from tests.unit.engine.reports import examples

from envcheck.reports import github
from envcheck.run.report import Report

OURS = re.compile(
    r"::(?:error|warning|notice) title=(?:[^:,%\r\n]|%0A|%0D|%25|%3A|%2C)*::(?:[^%\r\n]|%0A|%0D|%25)*"
)


def commands(text: str) -> list[str]:
    """The lines that the runner obeys: `::` at their beginning, or the older `##[` anywhere."""
    return [
        line
        for line in re.split(r"\r\n|\r|\n", text)
        if line.strip().startswith("::") or "##[" in line
    ]


@given(examples.reports())
@examples.ANY
def test_only_our_own_commands(report: Report) -> None:
    """Nothing from the machine becomes a command, ends one, or adds a property."""
    found = commands(github.render(report))
    known = (
        1
        + len(report.causes[: github.MOST])
        + sum(one.status.value == "error" for one in report.results[: github.MOST])
    )
    assert len(found) == known
    assert all(OURS.fullmatch(line) for line in found)


def test_escaping() -> None:
    """Values keep their percent signs and line ends; properties also their colons and commas."""
    assert (
        github.command("error", "a: b, 100%", "50%\nnext, a: b ##[x]")
        == "::error title=a%3A b%2C 100%25::50%25%0Anext, a: b ## [x]"
    )


def test_a_failure() -> None:
    """First the verdict, then a cause with its next step, then the checks in plain lines."""
    assert (
        github.render(examples.NOT_READY)
        == """\
::error title=envcheck::Not ready for chapter 2: one cause. 3 proved, 1 failed, 2 waiting, 1 skipped, 3.8 s. Exit code 1.
::error title=kernelspec-other-python::the kernel "Python 3" starts another Python than yours%0Afound: ~/anaconda3/bin/python%0Awanted: ~/ml/.venv/bin/python%0Alooked in: ~/.local/share/jupyter/kernels/python3/kernel.json%0ANext step: give this environment its own kernel%0A~/ml/.venv/bin/python -m ipykernel install --sys-prefix
ML for Software Engineers, chapter 2
Python 3.12.4 at ~/ml/.venv/bin/python (the active virtual environment)

ok Python: 3.12.4, 64-bit, standard library whole
ok pip and venv: pip 26.1 belongs to this Python
ok Packages: numpy 2.4, pandas 3.1, matplotlib 3.11 imported in 0.9 s
FAIL Kernel: the kernel "Python 3" starts another Python than yours
-- Browser: skipped: this machine has no display
"""
    )


@pytest.mark.parametrize(
    "report, kinds",
    [
        (examples.READY, ["notice"]),
        (examples.WARNED, ["notice", "warning"]),
        (replace(examples.WARNED, strict=True), ["error", "error"]),
        (examples.UNDETERMINED, ["error", "warning"]),
        (examples.UNPROVED, ["error"]),
    ],
)
def test_levels(report: Report, kinds: list[str]) -> None:
    """Only what lowers the verdict is an error."""
    assert [line.split()[0].strip(":") for line in commands(github.render(report))] == kinds
