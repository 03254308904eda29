"""One fix: what is said and kept when it works, when a person says no, and when a step fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.engine.fixes.test_apply import Person, request

from envcheck import Diagnosis, Fix, Rename, Run, SetEnv, fail
from envcheck.environment import Located
from envcheck.fixes.attempt import _say_done, _say_left, attempt
from envcheck.fixes.helper import Helper
from envcheck.fixes.state import Done, FixState, StepFailed
from envcheck.testing import described


def diagnosis(*steps: Rename | Run | SetEnv) -> tuple[Diagnosis, Fix]:
    fix = Fix("put it right", steps)
    return fail("x", "it is broken", fix), fix


def records(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("envcheck-fix-*.json")]


def test_a_fix_that_works_leaves_a_record(tmp_path: Path) -> None:
    """The next run starts from what the fix changed, and the record is named with the command that
    takes it back.
    """
    (tmp_path / "a").write_text("1", encoding="utf-8")
    person = Person()
    asked = request(tmp_path)
    rename = Rename(str(tmp_path / "a"), str(tmp_path / "b"))
    changed = attempt(asked, *diagnosis(rename, SetEnv("X", "1")), person.helper)
    assert changed is not None
    assert changed.lines[0] == "    export X=1"
    assert (changed.request.variables["X"], (tmp_path / "b").read_text()) == ("1", "1")
    (record,) = records(tmp_path)
    assert f"undo {record}" in person.text
    assert "X" not in asked.variables


def test_nothing_is_done_after_a_no(tmp_path: Path) -> None:
    """A no, and --dry-run without a question, leave everything as it was."""
    (tmp_path / "a").write_text("1", encoding="utf-8")
    rename = Rename(str(tmp_path / "a"), str(tmp_path / "b"))
    for person, questions in ((Person(answer=False), 1), (Person(dry=True), 0)):
        assert attempt(request(tmp_path), *diagnosis(rename), person.helper) is None
        assert len(person.asked) == questions
        assert ("Nothing of this was done" in person.text) is bool(questions)
        assert (tmp_path / "a").exists() and not records(tmp_path)


def test_a_step_that_fails_is_taken_back(tmp_path: Path) -> None:
    """What the steps before it did is undone, and no record is left of a fix that
    changed nothing.
    """
    (tmp_path / "a").write_text("1", encoding="utf-8")
    person = Person()
    steps = (
        Rename(str(tmp_path / "a"), str(tmp_path / "b")),
        Rename(str(tmp_path / "nothing"), str(tmp_path / "c")),
    )
    assert attempt(request(tmp_path), *diagnosis(*steps), person.helper) is None
    assert (tmp_path / "a").read_text() == "1"
    assert "This step failed" in person.text and "Everything is as it was before." in person.text
    assert not records(tmp_path)


def test_a_fix_that_changes_no_file_needs_no_record(tmp_path: Path) -> None:
    """Variables hold for envcheck's own check alone: the person is told what to type."""
    person = Person()
    carried = attempt(request(tmp_path), *diagnosis(SetEnv("X", "1")), person.helper)
    assert carried is not None and carried.lines[0] == "    export X=1"
    assert "nothing to take back" in person.text
    assert not records(tmp_path)


def test_a_program_that_wrote_over_its_own_files(tmp_path: Path) -> None:
    """`ipykernel install` writes kernel.json anew: nobody is told that nothing was changed."""
    file = tmp_path / "kernel.json"
    file.write_text("old", encoding="utf-8")
    write = Run((sys.executable, "-c", f"open({str(file)!r}, 'w').write('new')"))
    person = Person()
    assert attempt(request(tmp_path), *diagnosis(write), person.helper) is not None
    assert file.read_text(encoding="utf-8") == "new" and not records(tmp_path)
    assert "envcheck cannot take it back" in person.text
    assert "Nothing on this machine was changed" not in person.text


def test_lines_that_take_it_back_beside_a_file_of_the_name(tmp_path: Path) -> None:
    """What is shown can be typed in this folder, where `python -m pip` would start the file."""
    (tmp_path / "pip.py").touch()
    person = Person()
    undo = Run(("/v/bin/python", "-m", "pip", "uninstall", "--yes", "six"))
    done = Done(Run(("/v/bin/python", "-m", "pip", "install", "six")), (undo,))
    state = FixState(Located(("/v/bin/python",), "here"), {}, (done,))
    for say in (_say_done, lambda env, *_: _say_left(env, (undo,), StepFailed("no"), None, *_[2:])):
        person.heard.clear()
        say(described(folder=tmp_path), state, None, person.helper, "envcheck undo R")
        assert "    /v/bin/python -I -m pip uninstall --yes six" in person.heard


def test_ctrl_c_at_the_question(tmp_path: Path) -> None:
    """It is said that nothing was done, and the run ends as an interrupted one."""
    (tmp_path / "a").write_text("1", encoding="utf-8")

    def interrupt(question: str) -> bool:
        raise KeyboardInterrupt

    heard: list[str] = []
    rename = Rename(str(tmp_path / "a"), str(tmp_path / "b"))
    with pytest.raises(KeyboardInterrupt):
        attempt(request(tmp_path), *diagnosis(rename), Helper(heard.append, interrupt))
    assert heard[-1].startswith("Nothing of this was done") and not records(tmp_path)
