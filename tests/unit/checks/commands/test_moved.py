"""An environment that is no longer where it was made: what leads away from it, and what mends that."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, file_at, on, python_at

from envcheck import Rename, Run, Severity, UsePython, Write
from envcheck_checks.commands import moved

PACKAGES = {**WHOLE, "pip": "24.0", "jupyter-core": "5.7"}
STDLIB = """\
if [ "${OSTYPE:-}" = "cygwin" ] ; then
    export VIRTUAL_ENV=$(cygpath PLACE)
else
    export VIRTUAL_ENV=PLACE
fi
"""
WRITTEN = {
    "venv": STDLIB,
    "venv of 3.11": 'VIRTUAL_ENV="PLACE"\nexport VIRTUAL_ENV\n',
    "uv": "VIRTUAL_ENV='PLACE'\nif ! [ -z x ]; then\n    VIRTUAL_ENV=$(cygpath -u \"$VIRTUAL_ENV\")\nfi\n",
}


@pytest.mark.parametrize("script", WRITTEN.values(), ids=WRITTEN)
def test_where_it_was_made(tmp_path: Path, script: str) -> None:
    old, here = tmp_path / "old", tmp_path / "here"
    file_at(here / "bin/activate", script.replace("PLACE", str(old)))
    assert moved.made_elsewhere(here) == str(old)
    file_at(here / "bin/activate", script.replace("PLACE", str(here)))
    assert moved.made_elsewhere(here) == ""


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX: names with quotes in them")
@pytest.mark.parametrize("name", ["Zoë's", "50% (off)", 'say "ml"'])
@pytest.mark.parametrize("script", ["VIRTUAL_ENV=PLACE\n", "export VIRTUAL_ENV=PLACE\n"])
def test_a_folder_with_signs_of_the_shell_in_its_name(
    tmp_path: Path, name: str, script: str
) -> None:
    """It is where it was made, as newer versions of venv write it, and moved when it is not."""
    here = tmp_path / name / "v"
    file_at(here / "bin/activate", script.replace("PLACE", shlex.quote(str(here))))
    assert moved.made_elsewhere(here) == ""
    file_at(here / "bin/activate", script.replace("PLACE", shlex.quote(f"{here}-old")))
    assert moved.made_elsewhere(here) == f"{here}-old"


@pytest.mark.skipif(os.name == "nt", reason="only on POSIX: names with quotes in them")
def test_a_folder_with_an_apostrophe_by_an_older_venv(tmp_path: Path) -> None:
    here = tmp_path / "O'Brien" / "v"
    file_at(here / "bin/activate", f'VIRTUAL_ENV="{here}"\nexport VIRTUAL_ENV\n')
    assert moved.made_elsewhere(here) == ""


def test_a_script_that_works_it_out_by_itself(tmp_path: Path) -> None:
    """`uv venv --relocatable`, conda-pack; and an environment without one."""
    assert moved.made_elsewhere(tmp_path) == ""
    file_at(tmp_path / "bin/activate", 'VIRTUAL_ENV="$(cd "$(dirname "$SCRIPT")" && pwd)"\n')
    assert moved.made_elsewhere(tmp_path) == ""


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make links there")
def test_another_name_of_the_same_folder(tmp_path: Path) -> None:
    """A home that is a link: nothing was moved."""
    file_at(tmp_path / "disk/venv/bin/activate", f"VIRTUAL_ENV='{tmp_path}/home/venv'\n")
    (tmp_path / "home").symlink_to(tmp_path / "disk")
    assert moved.made_elsewhere(tmp_path / "disk/venv") == ""


def test_what_leads_away_and_what_mends_it(tmp_path: Path) -> None:
    """Scripts that name the old place are moved aside, and all are written anew."""
    python = python_at(tmp_path / "venv", PACKAGES)
    env = on("linux", tmp_path, python)
    assert moved.leads_away(env, python) is None
    assert moved.warnings(env, python) == []
    old = file_at(tmp_path / "venv/bin/activate", f"VIRTUAL_ENV='{tmp_path}/old'\n")
    known = "include-system-site-packages = true\nuv = 0.9.2\nprompt = ml\n"
    settings = file_at(tmp_path / "venv/pyvenv.cfg", known)
    found = moved.leads_away(env, python)
    assert found is not None
    assert (found.code, found.evidence.looked_in) == ("environment-moved", str(old))
    before, aside, make, after = found.fixes[0].steps
    assert before == after == Write(str(settings), known)
    assert isinstance(aside, Rename)
    assert make == Run(
        (python.executable, "-m", "venv", "--without-pip", "--system-site-packages", python.prefix)
    )
    (warning,) = moved.warnings(env, python)
    assert warning.severity is Severity.WARNING


def test_commands_that_name_the_old_place_are_written_anew_too(tmp_path: Path) -> None:
    """Then they are the cause, and no warning stands beside it."""
    python = python_at(tmp_path / "venv", PACKAGES)
    env = on("linux", tmp_path, python)
    file_at(tmp_path / "venv/bin/activate", f"VIRTUAL_ENV='{tmp_path}/old'\n")
    file_at(Path(python.scripts, "jupyter"), f"#!{tmp_path}/old/bin/python\n")
    last = moved.rewrite_activation(env, python).steps[-1]
    assert isinstance(last, Run)
    assert {"--force-reinstall", "jupyter-core", "notebook"} <= set(last.argv)
    assert moved.warnings(env, python) == []


def test_a_terminal_that_was_led_to_the_old_place(tmp_path: Path) -> None:
    """The environment is here: it is mended and used, not built anew."""
    python = python_at(tmp_path / "venv", PACKAGES)
    file_at(tmp_path / "venv/pyvenv.cfg", "home = /usr/bin\n")
    env = on("linux", tmp_path, python)
    file_at(tmp_path / "venv/bin/activate", f"VIRTUAL_ENV='{tmp_path}/old'\n")
    found = moved.left_behind(env, python, f"{tmp_path}/old/bin/python")
    assert found is not None
    assert isinstance(found.fixes[0].steps[-1], UsePython)
    assert moved.left_behind(env, python, f"{tmp_path}/elsewhere/bin/python") is None


def test_what_venv_writes_by_itself_is_not_kept(tmp_path: Path) -> None:
    """It writes the same again; a text that names a home could not be carried out from a report."""
    python = python_at(tmp_path / "venv", PACKAGES)
    plain = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.7\ncommand = x\n"
    settings = file_at(tmp_path / "venv/pyvenv.cfg", plain)
    file_at(tmp_path / "venv/bin/activate", f"VIRTUAL_ENV='{tmp_path}/old'\n")
    env = on("linux", tmp_path, python)
    assert not any(isinstance(step, Write) for step in moved.rewrite_activation(env, python).steps)
    settings.write_text(f"{plain}uv = 0.9.1\n")
    assert any(isinstance(step, Write) for step in moved.rewrite_activation(env, python).steps)
