"""The folders that a record names: those that a fix made in the environment go where they are empty,
and no other place of the learner's is touched, whoever wrote the record.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.engine.fixes.test_apply import Person, undo

from envcheck.errors import UsageProblem

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a course's `.venv` in it, and a fix that renamed a file."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    (tmp_path / "my_random.py").touch()
    return tmp_path


def take_back(home: Path, *folders: object) -> None:
    step = {"do": "rename", "from": str(home / "my_random.py"), "to": str(home / "random.py")}
    record = home / "record.json"
    done = [{"step": {"do": "rename"}, "undo": [step], "folders": [*folders]}]
    record.write_text(json.dumps({"schema": 1, "python": sys.executable, "done": done}))
    undo(home, record, Person())
    assert (home / "random.py").exists()


def with_bytecode(folder: Path) -> Path:
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "__pycache__" / "mine.cpython-312.pyc").touch()
    return folder


def test_what_was_made_in_the_environment_goes(home: Path) -> None:
    made = with_bytecode(home / ".venv" / "share" / "new")
    take_back(home, str(made))
    assert not made.exists()


@pytest.mark.parametrize(
    "place", ["notes", "course/data", ".config/x", ".venv-old/lib", ".venv/out/data"]
)
def test_no_other_folder_of_the_learners_goes(home: Path, place: str) -> None:
    """Empty, or with bytecode in it; by a link that leads out of the environment neither."""
    if sys.platform != "win32":
        (home / "linked").mkdir()
        (home / ".venv" / "out").symlink_to(home / "linked")
    kept = with_bytecode(home / place)
    above = with_bytecode(home / "above")
    take_back(home, str(kept), str(home), str(home / ".venv"), str(above))
    assert (kept / "__pycache__" / "mine.cpython-312.pyc").exists() or sys.platform == "win32"
    assert (above / "__pycache__").exists()
    assert (home / ".venv" / "pyvenv.cfg").exists()


@pytest.mark.parametrize(
    "name", ["relative", "", 1, None, "{home}/.venv/../notes", "{home}/.venv/a\0b"]
)
def test_what_no_fix_notes_is_refused(home: Path, name: object) -> None:
    """Before anything is done."""
    folder = name.format(home=home).replace("/", os.sep) if isinstance(name, str) else name
    (home / "notes").mkdir()
    with pytest.raises(UsageProblem, match="is not a record that envcheck wrote"):
        take_back(home, folder)
    assert (home / "my_random.py").exists() and (home / "notes").exists()
