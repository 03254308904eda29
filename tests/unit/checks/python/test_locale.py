"""A terminal that is not UTF-8: asked only where a variable keeps Python from helping itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on, python_at, said

from envcheck import SetEnv, Severity
from envcheck.target.script import Answer
from envcheck_checks.python import locale


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LANG": "C"},
        {"PYTHONUTF8": "1", "LANG": "C"},
        {"PYTHONUTF8": "0", "LANG": "en_US.UTF-8"},
        {"PYTHONUTF8": "0", "LANG": "C", "LC_ALL": "C.utf8"},
    ],
)
def test_who_is_not_asked(tmp_path: Path, variables: dict[str, Any]) -> None:
    """Nothing is started: a described machine would say so."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), **variables)
    assert locale.warnings(env) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"files": "ANSI_X3.4-1968", "out": "ascii"}, "ANSI_X3.4-1968, ascii"),
        ({"files": "UTF-8", "out": "ascii"}, "UTF-8, ascii"),
        ({"files": "UTF-8", "out": "utf-8"}, ""),
        ({}, ""),
    ],
)
@pytest.mark.parametrize("switch", ["PYTHONUTF8", "PYTHONCOERCECLOCALE"])
def test_what_that_python_says(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: dict[str, str],
    found: str,
    switch: str,
) -> None:
    """Of files and of what it prints; without an answer nothing is said."""
    objects = (answer,) if answer else ()
    monkeypatch.setattr(locale, "ask", lambda *_, **__: Answer(objects, said()))
    given: dict[str, Any] = {"LC_CTYPE": "POSIX", switch: "0"}
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), **given)
    diagnoses = locale.warnings(env)
    assert [one.code for one in diagnoses] == ["locale-not-utf8"] * bool(found)
    if found:
        assert diagnoses[0].severity is Severity.WARNING
        assert diagnoses[0].evidence.found == f"{found}; {switch}=0, locale POSIX"
        assert diagnoses[0].fixes[0].steps == (SetEnv("PYTHONUTF8", "1"),)
