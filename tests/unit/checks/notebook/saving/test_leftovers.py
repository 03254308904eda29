"""What a killed run left is taken away by its mark; everything else stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from envcheck.processes.visit import alone_in
from envcheck_checks.notebook.saving import leftovers
from envcheck_checks.notebook.saving.save import CHECKPOINTS, Place, content, with_pictures

WORD = "envcheck-0123456789ab"


def left(folder: Path, name: str, word: str = WORD, *, pictures: bool = False) -> Path:
    """A notebook of ours under this name."""
    body = content(Place(folder, "", word), "#")
    text = json.dumps((with_pictures(body) if pictures else body)["content"], indent=1)
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file


def test_with_copies_and_the_folder_that_was_made_for_them(tmp_path: Path) -> None:
    left(tmp_path, f"{WORD}.ipynb")
    left(tmp_path, f".~{WORD}.ipynb")
    copy = left(tmp_path, f"{CHECKPOINTS}/{WORD}-checkpoint.ipynb")
    assert copy.exists()
    leftovers.remove(tmp_path, CHECKPOINTS)
    assert list(tmp_path.iterdir()) == []


def test_as_it_was_saved_last(tmp_path: Path) -> None:
    """With the pictures of a chapter it is a large one."""
    left(tmp_path, f"{WORD}.ipynb", pictures=True)
    leftovers.remove(tmp_path, CHECKPOINTS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_the_learners_stays(tmp_path: Path) -> None:
    (tmp_path / CHECKPOINTS).mkdir()
    left(tmp_path, f"{WORD}.ipynb")
    leftovers.remove(tmp_path, CHECKPOINTS)
    assert [path.name for path in tmp_path.iterdir()] == [CHECKPOINTS]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (f"{WORD}.ipynb", "{}"),
        (f"{WORD}.ipynb", '{"metadata": {"envcheck": {"name": "another", "made": []}}}'),
        (f"{WORD}.ipynb", '{"metadata": {"envcheck": {"name"'),
        (f"{WORD}.ipynb", "[]"),
        ("envcheck-notes.ipynb", ""),
        (f"{WORD}.txt", ""),
    ],
)
def test_without_our_mark_it_stays(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    leftovers.remove(tmp_path, CHECKPOINTS)
    assert (tmp_path / name).read_text() == text


def test_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    file = left(tmp_path / "elsewhere", f"{WORD}.ipynb")
    (tmp_path / f"{WORD}.ipynb").symlink_to(file)
    leftovers.remove(tmp_path, CHECKPOINTS)
    assert (tmp_path / f"{WORD}.ipynb").is_symlink()


def test_the_notebook_of_a_run_that_is_at_work_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("envcheck.processes.visit.ALONE_SECONDS", 0.1)
    file = left(tmp_path, f"{WORD}.ipynb")
    with alone_in(str(tmp_path)) as alone:
        leftovers.remove(tmp_path, CHECKPOINTS)
    assert file.exists() is alone


def test_one_that_was_just_made_has_nothing_to_lose(tmp_path: Path) -> None:
    """Empty, and of our name; one of the learner's with a cell in it stays."""
    empty = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / f"{WORD}.ipynb").write_text(json.dumps(empty))
    (tmp_path / "Untitled.ipynb").write_text(json.dumps(empty))
    kept = tmp_path / "envcheck-ffffffffffff.ipynb"
    kept.write_text(json.dumps({**empty, "cells": [{"cell_type": "code", "source": "1"}]}))
    leftovers.remove(tmp_path, CHECKPOINTS)
    assert {path.name for path in tmp_path.iterdir()} == {"Untitled.ipynb", kept.name}
