"""Who changes a folder is alone at it, for as long as its process lives."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.engine.fixes.test_apply import Person, hidden, request

from envcheck.command import examine, undo
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.processes import visit
from envcheck.run import alone

HOLDER = """
import contextlib, pathlib, sys
from envcheck.run import alone
with contextlib.ExitStack() as held:
    print(alone.hold(held, [pathlib.Path(sys.argv[1])]), flush=True)
    sys.stdin.read()
"""


@contextlib.contextmanager
def another(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that changes this folder until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None and process.stdout.readline() == "\n"
    with process:
        yield process
        process.kill()


def held_by_another(folder: Path) -> str:
    with contextlib.ExitStack() as held:
        return alone.hold(held, [folder])


def test_one_that_was_killed_holds_nobody_up(tmp_path: Path) -> None:
    """By whatever name the folder is called; a folder beside it is free, and nothing is written."""
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a", target_is_directory=True)
    with another(tmp_path / "a"):
        assert held_by_another(tmp_path / "link") == str(tmp_path / "link")
        assert held_by_another(tmp_path) == ""
    assert held_by_another(tmp_path / "a") == ""
    assert list((tmp_path / "a").iterdir()) == []


def test_a_visit_is_not_kept_waiting(tmp_path: Path) -> None:
    """A fix looks whether a notebook can be saved, as any run does."""
    with contextlib.ExitStack() as held, another(tmp_path):
        assert alone.hold(held, [tmp_path / "x"]) == ""
        with visit.alone_in(str(tmp_path)) as nobody_else:
            assert nobody_else or sys.platform == "win32"


@pytest.mark.parametrize("locks", [None, Path("/nowhere")])
def test_without_a_place_for_locks_nobody_is_held_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locks: Path | None
) -> None:
    with another(tmp_path):
        monkeypatch.setattr(alone, "cache_folder", lambda: locks)
        assert held_by_another(tmp_path) == ""


def test_a_folder_that_is_not_there_holds_nobody_up(tmp_path: Path) -> None:
    assert held_by_another(tmp_path / "nothing") == ""


def test_what_a_fix_may_change(tmp_path: Path) -> None:
    """The course folder, whatever folder of it the learner is in, and the environment: no Python of
    the system's, which all share.
    """
    inside = tmp_path / "course" / "week1"
    inside.mkdir(parents=True)
    (tmp_path / "course" / "envcheck.toml").touch()
    (tmp_path / "ml" / "bin").mkdir(parents=True)
    python = Located((str(tmp_path / "ml" / "bin" / "python"),), "the test")
    assert [*alone.changed_in(inside, {}, python)] == [tmp_path / "course"]
    (tmp_path / "ml" / "pyvenv.cfg").touch()
    assert [*alone.changed_in(inside, {}, python)] == [tmp_path / "course", tmp_path / "ml"]


@pytest.mark.slow
def test_the_second_fix_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It checks, and says why it does no more; the same fix goes on when the other has ended."""
    (tmp_path / "random.py").touch()
    asked, output = request(tmp_path, hidden(tmp_path)), examine.Output(())
    with another(tmp_path):
        person = Person()
        assert examine.run(asked, output, person.helper, sys.stdout) == 1
        assert "Another envcheck is changing" in person.text and not person.asked
        assert (tmp_path / "random.py").exists()
    assert examine.run(asked, output, Person().helper, sys.stdout) == 0


@pytest.mark.slow
def test_a_fix_that_still_runs_is_not_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its record has what was done by now, and not what is done by then."""
    file = tmp_path / "envcheck-fix.json"
    file.write_text('{"schema": 1, "done": []}')
    monkeypatch.chdir(tmp_path)
    with another(tmp_path), pytest.raises(UsageProblem, match="is changing"):
        undo.undo(file.name, python=None, dry=False, yes=True)
    undo.undo(file.name, python=None, dry=False, yes=True)
