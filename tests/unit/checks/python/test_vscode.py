"""VS Code's settings for the course folder: what they name, read as VS Code reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.described_machines import command_at, file_at, on, python_at

from envcheck import Diagnosis
from envcheck_checks.python import vscode


def said(folder: Path, text: str | None, **variables: Any) -> list[Diagnosis]:
    """The target is below `folder/venv`, and `folder/other` is another environment."""
    for name in ("venv", "other"):
        command_at(folder / name / "bin" / "python")
        file_at(folder / name / "pyvenv.cfg")
    python = replace(python_at(folder / "venv"), executable=str(folder / "venv" / "bin" / "python"))
    env = on("linux", folder, python, **variables)
    if text is not None:
        file_at(env.folder / ".vscode" / "settings.json", text)
    return vscode.warnings(env, python)


def named(place: str, key: str = "python.defaultInterpreterPath") -> str:
    return json.dumps({"editor.fontSize": 12, key: place})


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("{folder}/venv/bin/python", ""),
        ("{folder}/venv", ""),
        ("{folder}/other/bin/python", "a different Python"),
        ("{folder}/other", "a different Python"),
        ("{folder}/gone/bin/python", "a Python that is not there"),
        ("${{workspaceFolder}}/../venv/bin/python", ""),
        ("../other/bin/python", "a different Python"),
        ("~/gone/python", "a Python that is not there"),
        ("${{userHome}}/gone/python", "a Python that is not there"),
        ("${{env:VENV}}/bin/python", ""),
        ("${{env:NOT_SET}}/bin/python", ""),
        ("${{command:pick}}/python", ""),
        ("python3", ""),
        ("", ""),
    ],
)
def test_what_is_named(tmp_path: Path, place: str, what: str) -> None:
    """The target under any name is in order; what only VS Code could tell is not judged."""
    found = said(tmp_path, named(place.format(folder=tmp_path)), VENV=str(tmp_path / "venv"))
    assert [diagnosis.code for diagnosis in found] == ["vscode-other-python"] * bool(what)
    if what:
        assert f"name {what}" in found[0].summary
        assert found[0].evidence.found == place.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "alarms"),
    [
        ('{{"python.pythonPath": "{gone}"}}', True),
        ('{{ // "python.pythonPath": "{gone}"\n}}', False),
        ('{{ /* "python.pythonPath": "{gone}" */ }}', False),
        ('{{"a": "// no comment", "python.pythonPath" : "{gone}",}}', True),
        ('{{"a": "\\"", /* x */ "python.pythonPath": "{gone}"}}', True),
        ('{{"python.pythonPath": null}}', False),
        ('{{"python.pythonPathx": "{gone}"}}', False),
        ("", False),
        ("{{", False),
    ],
)
def test_settings_are_json_with_comments(tmp_path: Path, text: str, alarms: bool) -> None:
    """What is commented out is not set; a comma too many harms nobody."""
    assert bool(said(tmp_path, text.format(gone="/gone/bin/python"))) is alarms


def test_there_are_no_settings(tmp_path: Path) -> None:
    """Nothing to say."""
    assert said(tmp_path, None) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_path_is_read_back(tmp_path: Path, name: str) -> None:
    """Whatever stands in the string; and nothing that is not one raises."""
    file = tmp_path / "settings.json"
    file.write_text(f"// first\n{named(name)}", encoding="utf-8", errors="replace")
    readable = name.encode("utf-8", "replace").decode("utf-8")
    assert vscode._named(file) == readable
    file.write_text(name, encoding="utf-8", errors="replace")
    vscode._named(file)
