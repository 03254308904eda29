"""The course's own program, really carried out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.unit.checks.course_file.chapter_of import place, result_of

from envcheck import Status
from envcheck.course_file.asked import Proof
from envcheck.run.result import CheckResult
from envcheck_checks.course_file.programs.proof import proof_holds

pytestmark = pytest.mark.slow


def proved(root: Path, code: str, prints: str) -> CheckResult:
    here = place(root)
    check = proof_holds(Proof(code, prints), 1, here, (), ())
    return result_of(check, root, dict(os.environ), sys.executable)


def test_it_imports_what_lies_beside_the_notebooks(tmp_path: Path) -> None:
    """In a folder and home of its own: nothing is written into the course."""
    place(tmp_path)
    (tmp_path / "ch1" / "helpers.py").write_text("def answer():\n    return 'grün'\n")
    code = "import pathlib, helpers\npathlib.Path('x').write_text('1')\n" \
           "(pathlib.Path.home() / 'y').write_text('1')\nprint(helpers.answer())  "  # fmt: skip
    result = proved(tmp_path, code, "grün\n")
    assert result.status is Status.PASS, result.diagnoses
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["ch1", "helpers.py"]


@pytest.mark.parametrize(
    ("code", "diagnosis", "found"),
    [
        ("print(6 * 6)", "proof-prints-other", "36"),
        ("pass", "proof-prints-other", "nothing"),
        ("print(42); raise SystemExit(3)", "proof-fails", "exit code 3"),
        ("import helpers_of_nobody", "proof-fails", "ModuleNotFoundError"),
        ("print(", "proof-fails", "SyntaxError"),
    ],
)
def test_what_goes_wrong(tmp_path: Path, code: str, diagnosis: str, found: str) -> None:
    result = proved(tmp_path, code, "42")
    assert [each.code for each in result.diagnoses] == [diagnosis]
    assert found in result.diagnoses[0].evidence.found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print('a  b')", "'a  b'"),
        ("print('a\\xa0b')", "xa0b'"),
        ("print('a\\u200b b')", "u200b"),
        ("print('a\\tb')", "tb'"),
    ],
)
def test_what_looks_alike_is_told_apart(tmp_path: Path, code: str, found: str) -> None:
    """Both sides would read the same."""
    (diagnosis,) = proved(tmp_path, code, "a b").diagnoses
    assert found in diagnosis.evidence.found
    assert diagnosis.evidence.wanted == "'a b'"


def test_beyond_what_is_shown_the_place_is_told(tmp_path: Path) -> None:
    (diagnosis,) = proved(tmp_path, "print('x' * 400 + 'y')", "x" * 400 + "z").diagnoses
    assert (diagnosis.evidence.found, diagnosis.evidence.wanted) == (
        repr("x" * 20 + "y"),
        repr("x" * 20 + "z"),
    )


def test_colours_are_not_compared(tmp_path: Path) -> None:
    result = proved(tmp_path, "print('\\x1b[31m6.0\\x1b[0m')", "6.0")
    assert result.status is Status.PASS, result.diagnoses
