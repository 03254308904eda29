"""A diagnosis that asks for a change of a variable says where it is set."""

from __future__ import annotations

from pathlib import Path

from envcheck import Fix, SetEnv, UnsetEnv, fail, ok, unknown, warn
from envcheck.model import Diagnosis, Fine
from envcheck.run.set_where import with_places
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


def test_nothing_is_added_where_nothing_is_set(tmp_path: Path) -> None:
    """What was only typed is gone with its terminal."""
    env = described(
        folder=tmp_path, variables={"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    )
    for outcome in (fail("x", "it is broken", FIX), unknown("not known"), fail("z", "no fix")):
        assert with_places(outcome, env) == outcome
