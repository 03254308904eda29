"""A Python of a version that the course does not take: too old, or too new."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck.testing import interpreter
from envcheck_checks.python import other_version
from envcheck_checks.python.replacement import Wanted


@pytest.mark.parametrize(
    ("versions", "here", "code", "wanted"),
    [
        (">=3.10", "3.8.18", "python-too-old", "Python 3.10 or newer"),
        (">=3.8,<3.12", "3.13.0", "python-too-new", "Python >=3.8,<3.12"),
        ("<3.12", "3.13.0", "python-too-new", "Python <3.12"),
        ("==3.12.*", "3.13.0", "python-too-new", "Python ==3.12.*"),
        ("==3.12.*", "3.11.4", "python-too-old", "Python ==3.12.*"),
        (">=3.8,!=3.11.*", "3.11.4", "python-too-new", "Python >=3.8,!=3.11.*"),
        (">=3.8", "2.7.18", "python-too-old", "Python 3.8 or newer"),
    ],
)
def test_too_old_or_too_new(
    tmp_path: Path, versions: str, here: str, code: str, wanted: str
) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    diagnosis = other_version.diagnose(env, interpreter(here), Wanted(versions))
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.evidence.wanted) == (code, wanted)
    assert ("Python 2" in diagnosis.summary) is here.startswith("2.")


def test_one_that_fits(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    assert other_version.diagnose(env, interpreter("3.11.4"), Wanted(">=3.8,<3.12")) is None
