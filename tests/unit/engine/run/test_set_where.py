"""A diagnosis that asks for a change of a variable says where it is set."""

from __future__ import annotations

from pathlib import Path

import pytest

from envcheck import Fix, SetEnv, UnsetEnv, fail, ok, unknown, warn
from envcheck.model import Diagnosis, Fine
from envcheck.run import set_where
from envcheck.run.set_where import with_places
from envcheck.target import shells
from envcheck.testing import described

FIX = Fix("take it out", (UnsetEnv("A"), SetEnv("B", "1")))


def test_each_place_is_named(tmp_path: Path) -> None:
    """Of every variable of the first fix, behind what the note says already."""
    (tmp_path / ".bashrc").write_text("export A=1\nexport B=2\nexport A=3\n", encoding="utf-8")
    env = described(
        folder=tmp_path, variables={"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    )
    noted = (
        "a word; A is set in ~/.bashrc, line 1 and ~/.bashrc, line 3: change it there too, or new "
        "terminals have it again; B is set in ~/.bashrc, line 2: change it there too, or new "
        "terminals have it again"
    )
    failed = with_places(fail("x", "it is broken", FIX, note="a word"), env)
    assert isinstance(failed, Diagnosis) and failed.note == noted
    fine = with_places(ok("it runs", warn("y", "it may not", FIX)), env)
    assert isinstance(fine, Fine) and fine.warnings[0].note == noted.removeprefix("a word; ")


def test_what_was_only_typed_is_gone_with_its_terminal(tmp_path: Path) -> None:
    """Taken out, it needs no more; set anew, it is kept in this shell's own file."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    env = described(folder=tmp_path, variables={**home, "SHELL": "/usr/bin/zsh"})
    taken = fail("x", "it is broken", Fix("take it out", (UnsetEnv("A"),)))
    for outcome in (taken, unknown("not known"), fail("z", "no fix")):
        assert with_places(outcome, env) == outcome
    kept = with_places(fail("x", "it is broken", FIX), env)
    assert isinstance(kept, Diagnosis)
    assert kept.note == (
        "B is set in no file: add the line to ~/.zshrc, or new terminals do not have it"
    )


def test_windows_keeps_it_without_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the line that PowerShell and cmd both know."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    monkeypatch.setattr(set_where, "kept_in", lambda variables: "")
    monkeypatch.setattr(shells, "learners", lambda variables: "powershell")
    kept = with_places(fail("x", "broken", FIX), described(folder=tmp_path, variables=home))
    assert isinstance(kept, Diagnosis)
    assert kept.note == "`setx B 1` keeps B for new terminals"


def test_without_a_home_there_is_no_file(tmp_path: Path) -> None:
    gone = {"HOME": str(tmp_path / "gone"), "USERPROFILE": str(tmp_path / "gone")}
    outcome = fail("x", "it is broken", FIX)
    assert with_places(outcome, described(folder=tmp_path, variables=gone)) == outcome
