"""`notebook-damaged`: recognised where it is so, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on

from envcheck import Environment, Tell
from envcheck_checks.notebook.saving import notebook_damaged
from envcheck_checks.notebook.saving.save import CHECKPOINTS

WHOLE = '{"cells": [],\n "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n'
TWO_VERSIONS = WHOLE.replace("[]", "[\n<<<<<<< HEAD\n=======\n>>>>>>> origin/main\n]")


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """With a whole notebook, and a file that is none."""
    made = on("linux", tmp_path)
    (made.folder / "a.ipynb").write_text(WHOLE, encoding="utf-8")
    (made.folder / "table.csv").write_text("")
    return made


@pytest.mark.parametrize(
    ("content", "found", "does"),
    [
        (TWO_VERSIONS, "line 2 is `<<<<<<< HEAD`, written by git", "keep one of the two versions"),
        ("\n<!DOCTYPE html>", "the file is a web page", "download the notebook itself"),
        ("", "the file is empty", "put a whole copy in its place"),
        (
            WHOLE[:20],
            "its JSON is not whole, and ends after 2 lines",
            "put a whole copy in its place",
        ),
        (WHOLE.replace(",", "", 1), "its JSON is not whole", "put a whole copy in its place"),
        ("\ufeff" + WHOLE, "the text begins with a byte order mark", "save it as UTF-8"),
        (WHOLE.encode("utf-16"), "its text is not UTF-8", "save it as UTF-8"),
    ],
)
def test_one_is_damaged(env: Environment, content: str | bytes, found: str, does: str) -> None:
    """It is named, with what is in it and what mends that; no program does it."""
    damaged = env.folder / "b.ipynb"
    damaged.write_bytes(content if isinstance(content, bytes) else content.encode())
    (one,) = notebook_damaged.warnings(env)
    assert one.code == "notebook-damaged"
    assert one.summary == "Jupyter cannot open this notebook of your folder: b.ipynb"
    assert (one.evidence.found, one.evidence.looked_in) == (found, str(damaged))
    assert one.fixes[0].title.startswith(does)
    assert not one.fixes[0].automatic


@pytest.mark.parametrize(("kept", "is_offered"), [(WHOLE, True), ("", False)])
def test_a_whole_checkpoint_is_offered(env: Environment, kept: str, is_offered: bool) -> None:
    (env.folder / CHECKPOINTS).mkdir()
    (env.folder / CHECKPOINTS / "b-checkpoint.ipynb").write_text(kept)
    (env.folder / "b.ipynb").write_text("")
    (one,) = notebook_damaged.warnings(env)
    assert (one.fixes[0].title == "take back what Jupyter last kept of it") is is_offered


@pytest.mark.parametrize(
    ("name", "typed"),
    [("my b.ipynb", '"my b.ipynb"'), ("b $(c).ipynb", "'b $(c).ipynb'")],
)
def test_a_name_can_be_pasted(env: Environment, name: str, typed: str) -> None:
    """In any shell with blanks in it, and never as something that a shell carries out."""
    (env.folder / name).write_text(TWO_VERSIONS)
    (one,) = notebook_damaged.warnings(env)
    lines = [step.typed for step in one.fixes[0].steps if isinstance(step, Tell)]
    assert f"git add -- {typed}" in lines


def test_many_are_counted(env: Environment) -> None:
    for number in range(5):
        (env.folder / f"b{number}.ipynb").write_text("")
    (one,) = notebook_damaged.warnings(env)
    assert one.summary.endswith(
        "these notebooks of your folder: b0.ipynb, b1.ipynb, b2.ipynb and 2 more"
    )


def test_whole_notebooks(env: Environment) -> None:
    """Also one in which a cell shows git's lines, and one with letters of every kind."""
    for name, cell in (("git", "<<<<<<< HEAD\\n"), ("é", "ä €")):
        text = WHOLE.replace("{}", f'{{"title": "{cell}"}}')
        (env.folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    assert notebook_damaged.warnings(env) == []


def test_what_cannot_be_read_says_nothing(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, and what lies beyond the bound."""
    (env.folder / "c.ipynb").mkdir()
    assert notebook_damaged.warnings(env) == []
    (env.folder / "d.ipynb").write_text("{" * 200)
    monkeypatch.setattr(notebook_damaged, "READ_AT_MOST", 199)
    assert notebook_damaged.warnings(env) == []
