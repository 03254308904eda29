"""Notebooks that the learner cannot save."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Environment, Tell
from envcheck_checks.machine.ownership import Whose
from envcheck_checks.notebook.saving import others_notebooks
from envcheck_checks.notebook.saving.save import CHECKPOINTS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """With two notebooks, a checkpoint of one, and a table."""
    made = on("linux", tmp_path)
    (made.folder / CHECKPOINTS).mkdir()
    for name in ("b.ipynb", "a.ipynb", f"{CHECKPOINTS}/a-checkpoint.ipynb", "table.csv"):
        (made.folder / name).write_text("{}")
    return made


def closed(monkeypatch: pytest.MonkeyPatch, *, mine: bool) -> None:
    """Files that may not be written, of this or another user."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    if not mine:
        monkeypatch.setattr(os, "geteuid", lambda: 4321)


def test_they_can_be_written(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whoever owns them, and by a group."""
    assert others_notebooks.warnings(env) == []
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    monkeypatch.setattr(os, "access", lambda *_: True)
    assert others_notebooks.warnings(env) == []


def test_ones_own_that_is_read_only_is_meant_so(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(monkeypatch, mine=True)
    assert others_notebooks.warnings(env) == []


def test_they_belong_to_another_user(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    closed(monkeypatch, mine=False)
    (one,) = others_notebooks.warnings(env)
    assert one.summary.endswith("another user: a.ipynb, b.ipynb, a-checkpoint.ipynb")
    assert one.evidence.looked_in == str(env.folder / "a.ipynb")
    assert not one.fixes[0].automatic


def test_many_are_counted(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (env.folder / f"c{number}.ipynb").write_text("{}")
    closed(monkeypatch, mine=False)
    (one,) = others_notebooks.warnings(env)
    assert one.summary.endswith("a.ipynb, b.ipynb, c0.ipynb and 4 more")


@pytest.mark.parametrize(
    ("whose", "line"), [(Whose.ADMINISTRATORS, "sudo chown"), (Whose.ANOTHERS, "")]
)
def test_what_a_person_has_written_is_theirs(
    env: Environment, monkeypatch: pytest.MonkeyPatch, whose: Whose, line: str
) -> None:
    """Only root's files are taken back: a teacher's own are copied."""
    closed(monkeypatch, mine=False)
    monkeypatch.setattr(others_notebooks, "whose", lambda _: whose)
    (one,) = others_notebooks.warnings(env)
    typed = [step.typed for step in one.fixes[0].steps if isinstance(step, Tell)]
    assert typed[0].startswith(line) and bool(typed[0]) is bool(line)
    assert bool(one.note) is bool(line)
