"""Fixes are carried out step by step, leave a record, and can be taken back to the last byte."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import (
    Chapter,
    Check,
    Course,
    Diagnosis,
    Environment,
    Fix,
    Outcome,
    Rename,
    Run,
    SetEnv,
    Tell,
    UnsetEnv,
    UsePython,
    Write,
    fail,
    ok,
)
from envcheck.environment import Located, Options
from envcheck.errors import UsageProblem
from envcheck.fixes import apply, here, loop, record, undoing
from envcheck.fixes.helper import Helper
from envcheck.fixes.state import FixState
from envcheck.run import plan, session
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.run.workplace import environment


def request(folder: Path, check: Check | None = None, **variables: str) -> Request:
    """A run of one check in this folder, with the Python that runs the tests as target."""
    course = Course("c", "A course", [Chapter("week1", "Week 1", [check] if check else [])])
    planned = plan.make(course, plan.Selection(("week1",)), Options()) if check else ()
    known = {"PATH": os.environ["PATH"], "HOME": str(folder), **variables}
    return Request(
        course, ("week1",), planned, Located((sys.executable,), "the test"), known, folder
    )


def carry_out(
    folder: Path, *steps: Rename | Run | Write | UnsetEnv | SetEnv | UsePython, **variables: str
) -> tuple[FixState, str]:
    asked = request(folder, None, **variables)
    with environment(asked) as env:
        result = apply.carry_out(
            env, Fix("fix it", steps), FixState(asked.located, dict(asked.variables)), silent
        )
    return result.state, result.failed


def take_back(folder: Path, state: FixState) -> None:
    with environment(request(folder)) as env:
        assert apply.take_back(env, state.undo_steps, silent) == ((), None)


def silent(seconds: float, text: str) -> None:
    """Nobody watches."""


def undo(folder: Path, file: Path, person: Person, **variables: str) -> None:
    asked = request(folder, None, **variables)
    recorded = record.read(file, str(folder))
    located = here.find(recorded.places, None, asked.variables, folder)
    with environment(replace(asked, located=located)) as env:
        undoing.undo(recorded, env, person.helper)


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Person:
    """Hears what is said and gives the same answer to every question."""

    def __init__(self, answer: bool = True, dry: bool = False) -> None:
        self.heard: list[str] = []
        self.asked: list[str] = []
        self.answer = answer
        self.helper = Helper(self.heard.append, self._confirm, dry)

    def _confirm(self, question: str) -> bool:
        self.asked.append(question)
        return self.answer

    @property
    def text(self) -> str:
        return "\n".join(self.heard)


def hidden(folder: Path) -> Check:
    """Fails while `random.py` is there; its fix renames it."""

    def examine(env: Environment) -> Outcome:
        file = folder / "random.py"
        if not file.exists():
            return ok("nothing hides a module")
        return fail(
            "file-hides-module",
            "random.py hides a module",
            Fix("rename it", (Rename(str(file), str(folder / "my_random.py")),)),
            found=file,
        )

    return Check(id="hidden", title="Hidden", examine=examine)


def run_with(asked: Request, person: Person) -> Report:
    def check(one: Request) -> Report:
        current = session.Session(one)
        current.run()
        assert current.unscrubbed is not None
        return current.unscrubbed

    return loop.until_ready(asked, check(asked), person.helper, check)


def test_a_rename_overwrites_nothing_and_goes_back(tmp_path: Path) -> None:
    """What stands at the new place is moved aside, and all of it comes back."""
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").write_text("in the way")
    before = tree(tmp_path)
    state, failed = carry_out(tmp_path, Rename(str(tmp_path / "a"), str(tmp_path / "b")))
    assert failed == ""
    assert tree(tmp_path) == {"b": "old", "b.envcheck-backup-1": "in the way"}
    take_back(tmp_path, state)
    assert tree(tmp_path) == before


def test_a_written_file_goes_back(tmp_path: Path) -> None:
    """The file of before is kept beside, and what was written is kept too when it is taken back."""
    (tmp_path / "a").write_text("mine")
    state, failed = carry_out(tmp_path, Write(str(tmp_path / "a"), "envcheck's"))
    assert (failed, tree(tmp_path)) == ("", {"a": "envcheck's", "a.envcheck-backup-1": "mine"})
    take_back(tmp_path, state)
    assert tree(tmp_path)["a"] == "mine"


def test_what_a_command_made_in_the_folder_is_moved_aside(tmp_path: Path) -> None:
    """Taking back never deletes."""
    code = "import pathlib, sys; made = pathlib.Path(sys.argv[1]); made.mkdir(); (made / 'x').write_text('1')"
    state, failed = carry_out(tmp_path, Run((sys.executable, "-c", code, str(tmp_path / "made"))))
    assert (failed, tree(tmp_path)) == ("", {"made/x": "1"})
    take_back(tmp_path, state)
    assert tree(tmp_path) == {"made.envcheck-backup-1/x": "1"}


def test_it_stops_at_the_first_step_that_fails(tmp_path: Path) -> None:
    """The steps before it are known, the ones after it are not done, and its own words are told."""
    (tmp_path / "a").write_text("1")
    boom = Run((sys.executable, "-c", "import sys; sys.exit('no room on this disk')"))
    state, failed = carry_out(
        tmp_path,
        Rename(str(tmp_path / "a"), str(tmp_path / "b")),
        boom,
        Write(str(tmp_path / "c"), ""),
    )
    assert "no room on this disk" in failed
    assert tree(tmp_path) == {"b": "1"}
    assert [type(done.step) for done in state.done] == [Rename]


@pytest.mark.parametrize("program", ["sudo", "/usr/bin/sudo", "pkexec", "doas"])
def test_another_users_rights_are_never_taken(tmp_path: Path, program: str) -> None:
    """sudo is printed for a person, never run."""
    _, failed = carry_out(tmp_path, Run((program, "true")))
    assert "administrator's rights" in failed


def test_environment_steps_change_the_next_run_alone(tmp_path: Path) -> None:
    """The next check is made without the variable; this process and its own variables stay as they
    are.
    """
    before = dict(os.environ)
    state, _ = carry_out(
        tmp_path,
        UnsetEnv("PYTHONHOME"),
        SetEnv("PYTHONUTF8", "1"),
        UsePython("/x/bin/python"),
        PYTHONHOME="/nowhere",
    )
    assert "PYTHONHOME" not in state.variables
    assert state.variables["PYTHONUTF8"] == "1"
    assert state.located.command == ("/x/bin/python",)
    assert state.variables["PATH"].startswith("/x/bin" + os.pathsep)
    assert dict(os.environ) == before


def test_fix_shows_asks_does_checks_again_and_leaves_a_record(tmp_path: Path) -> None:
    """The whole way of --fix, and the way back by the record."""
    (tmp_path / "random.py").write_text("mine")
    person = Person()
    report = run_with(request(tmp_path, hidden(tmp_path)), person)
    assert report.verdict == "ready"
    assert f"1. rename {tmp_path}/random.py to {tmp_path}/my_random.py" in person.text
    assert person.asked == ["Do this?"]
    file = next(tmp_path.glob("envcheck-fix-*.json"))
    assert json.loads(file.read_text())["diagnosis"] == "file-hides-module"
    undo(tmp_path, file, person)
    assert (tmp_path / "random.py").read_text() == "mine"
    with pytest.raises(UsageProblem, match="taken back already"):
        undo(tmp_path, file, person)


@pytest.mark.parametrize("person", [Person(answer=False), Person(dry=True)], ids=["no", "dry run"])
def test_nothing_is_done_without_a_yes(tmp_path: Path, person: Person) -> None:
    """A no and a dry run show the steps and leave everything as it is."""
    (tmp_path / "random.py").write_text("mine")
    report = run_with(request(tmp_path, hidden(tmp_path)), person)
    assert report.verdict == "not-ready"
    assert tree(tmp_path) == {"random.py": "mine"}
    assert "1. rename" in person.text


def test_a_failed_fix_leaves_the_machine_as_it_was(tmp_path: Path) -> None:
    """The step before the one that failed is taken back."""
    (tmp_path / "a").write_text("1")
    steps = (
        Rename(str(tmp_path / "a"), str(tmp_path / "b")),
        Run((sys.executable, "-c", "raise SystemExit(3)")),
    )
    check = Check(
        id="x", title="X", examine=lambda env: fail("x", "it is broken", Fix("fix it", steps))
    )
    person = Person()
    assert run_with(request(tmp_path, check), person).verdict == "not-ready"
    assert tree(tmp_path) == {"a": "1"}
    assert "Everything is as it was before." in person.text


def test_a_fix_that_does_not_help_is_tried_once(tmp_path: Path) -> None:
    """It says that it did not help, and does not go in a circle."""
    check = Check(
        id="x",
        title="X",
        examine=lambda env: fail("x", "it is broken", Fix("fix it", (SetEnv("A", "1"),))),
    )
    person = Person()
    assert run_with(request(tmp_path, check), person).verdict == "not-ready"
    assert person.text.count("fix it") == 1
    assert "That did not help." in person.text


def test_only_sure_fixes_without_a_persons_part_are_carried_out(tmp_path: Path) -> None:
    """A `tell` step is for people: nothing is asked, nothing is done."""
    found: Diagnosis = fail("x", "it is broken", Fix("ask somebody", (Tell("Ask your teacher."),)))
    person = Person()
    run_with(request(tmp_path, Check(id="x", title="X", examine=lambda env: found)), person)
    assert person.asked == []
    assert "the next step above is yours" in person.text
    sure = replace(found.fixes[0], steps=(SetEnv("A", "1"),))
    assert sure.automatic


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"done": [{"undo": [{"do": "explode"}]}]}', "not json"]
)
def test_what_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    """A file that envcheck did not write is named, and nothing is done."""
    file = tmp_path / "record.json"
    file.write_text(text)
    with pytest.raises(UsageProblem, match=r"record\.json"):
        undo(tmp_path, file, Person())
