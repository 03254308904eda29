"""What a program's answer tells: that it runs, that it cannot, or neither. The words were recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.described_machines import said

from envcheck.processes.process import Ending
from envcheck_checks.course_file.programs.asked_command import is_broken, is_stub, runs

KUBECTL = "error: unknown flag: --version\nSee 'kubectl --help' for usage."
SCP = "scp: unrecognized option '--version'\nusage: scp [-346ABCOpqRrsTv] source ... target"
JAVA_8 = "Unrecognized option: --version\nError: Could not create the Java Virtual Machine."
STUB = "The operation couldn't be completed. Unable to locate a Java Runtime."
STORE = "Python was not found; run without arguments to install from the Microsoft Store"


@pytest.mark.parametrize(
    ("output", "code", "works", "broken"),
    [
        ("", 0, True, False),
        (KUBECTL, 1, True, False),
        (SCP, 1, True, False),
        ("Illegal option --\nUsage: /usr/bin/which [-as] args", 2, True, False),
        ("passwd: unrecognized option '--version'", 6, True, False),
        ("flag provided but not defined: -version", 2, True, False),
        ("cannot reach the server", 1, False, False),
        ("", 1, False, False),
        (JAVA_8, 1, False, True),
        (STUB, 1, False, True),
        (STORE, 9009, False, True),
        ("", 126, False, True),
        ("", -9, False, True),
        ("", 0xC0000135, False, True),
        ("dyld: Library not loaded: @rpath/libx.dylib", 134, False, True),
        ("./a: /lib/libc.so.6: version `GLIBC_2.34' not found", 1, False, True),
        ("Traceback (most recent call last):\nImportError: x", 1, False, True),
    ],
)
def test_what_an_answer_tells(output: str, code: int, works: bool, broken: bool) -> None:
    answer = said(stderr=output, code=code)
    assert (runs(answer), is_broken(answer)) == (works, broken)
    assert is_stub(answer) is (output in (STUB, STORE))


def test_what_has_not_ended_tells_nothing() -> None:
    late = replace(said(stderr="usage: x"), ending=Ending.TIMED_OUT, code=None)
    assert (runs(late), is_broken(late)) == (False, False)
    never = replace(late, ending=Ending.NOT_STARTED)
    assert (runs(never), is_broken(never)) == (False, True)
