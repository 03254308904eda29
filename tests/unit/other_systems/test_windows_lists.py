"""Variables that list folders, on a described Windows: parted at `;`, each folder whole."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on

from envcheck.testing import interpreter
from envcheck_checks.commands.diagnose import are_scripts_on_path
from envcheck_checks.index.config_files import config_files as files_of_pip
from envcheck_checks.jupyter import settings
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.settings.config_folders import led_to_copies, own_places

SCRIPTS = r"C:\Users\Zoe\AppData\Roaming\Python\Python313\Scripts"


@pytest.mark.parametrize("entry", [SCRIPTS, f'"{SCRIPTS}"', f"C:\\Windows;{SCRIPTS};"])
def test_what_pip_installs_can_be_typed(tmp_path: Path, entry: str) -> None:
    """A false `scripts-not-on-path` otherwise: no entry would be found in a list parted at `:`."""
    env = on("win32", tmp_path, PATH=f"C:\\Windows\\System32;{entry}")
    assert are_scripts_on_path(env, replace(interpreter(), paths={"scripts": SCRIPTS}))


def test_all_folders_of_configuration_are_looked_at(tmp_path: Path) -> None:
    places = [r"D:\course\etc", r"C:\Users\Zoe\.jupyter"]
    env = on("win32", tmp_path, JUPYTER_CONFIG_PATH=";".join(places))
    assert set(map(Path, places)) < set(settings._places(env))


def test_copies_are_named_as_jupyter_reads_them(tmp_path: Path) -> None:
    jupyter = LearnersJupyter({}, None, user_config=r"C:\Users\Zoe\.jupyter")
    facts: dict[Any, object] = {learners_jupyter: jupyter, config_files: ()}
    env = on("win32", tmp_path, facts=facts, JUPYTER_CONFIG_PATH=r"D:\a;E:\b")
    assert own_places(env) == [r"D:\a", r"E:\b", r"C:\Users\Zoe\.jupyter"]
    assert str(led_to_copies(env, [])["JUPYTER_CONFIG_PATH"]).count(";") == 1


def test_a_variable_that_windows_hands_on_in_capitals() -> None:
    variables = {"PROGRAMDATA": r"D:\shared", "APPDATA": r"C:\Users\Zoe\AppData\Roaming"}
    files = files_of_pip(variables, r"C:\Users\Zoe", r"C:\Python313", "win32")
    assert r"D:\shared\pip\pip.ini" in map(str, files)


def test_no_such_variable_is_asked_for_by_its_small_letters_alone() -> None:
    """Python's own names of Windows' variables are in capitals: `ProgramData` is none of them."""
    asked = re.compile(r"""variables(?:\.get\(|\[)\s*["'][A-Z][\w()]*[a-z][\w()]*["']""")
    root = Path(__file__).parents[3]
    for file in (*root.glob("src/**/*.py"), *root.glob("checks/**/*.py")):
        assert not asked.search(file.read_text(encoding="utf-8")), file
