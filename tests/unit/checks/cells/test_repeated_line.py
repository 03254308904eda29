"""A line that cells show in red again and again: only a setting that is its cause is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Environment, Rename, Severity, fact
from envcheck_checks.cells import repeated_line
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter

FONT = "findfont: Font family 'Times New Roman' not found."


def learner(tmp_path: Path) -> Environment:
    """With a matplotlibrc, in an environment that has matplotlib."""
    python = python_at(tmp_path / "venv", {"matplotlib": "3.11.2"})
    facts: dict[fact[Any], object] = {learners_jupyter: LearnersJupyter({}, None)}
    env = on("linux", tmp_path, python, facts=facts)
    folder = tmp_path / "home" / ".config" / "matplotlib"
    folder.mkdir(parents=True)
    (folder / "matplotlibrc").write_text("font.family: Times New Roman\n", encoding="utf-8")
    return env


@pytest.mark.parametrize(
    ("red", "line"),
    [
        ("", ""),
        (f"{FONT}\n" * 24, FONT),
        (f"{FONT}\n" * 2, ""),
        (f"x.py:1: FutureWarning: old\n  f()\n{FONT}\n{FONT}\n{FONT}\n", FONT),
        ("\n\n\n\n", ""),
        ("a\nb\nc\nd\n", ""),
    ],
)
def test_what_is_repeated(red: str, line: str) -> None:
    assert repeated_line.repeated(red) == line


def test_the_file_without_which_it_is_gone(tmp_path: Path) -> None:
    env = learner(tmp_path)

    def works(removed: Sequence[Removed]) -> bool:
        return any(change.kind is SettingKind.MATPLOTLIB for change in removed)

    (warning,) = repeated_line.warnings(env, FONT, works)
    assert (warning.code, warning.severity) == ("cell-shows-error-text", Severity.WARNING)
    assert (warning.evidence.found, "matplotlibrc" in warning.summary) == (FONT, True)
    assert isinstance(warning.fixes[0].steps[0], Rename)


def test_nothing_is_said_where_no_setting_is_its_cause(tmp_path: Path) -> None:
    assert repeated_line.warnings(learner(tmp_path), FONT, lambda _removed: False) == []


SAID = "DEBUG:matplotlib:CONFIGDIR=/a\nDEBUG:matplotlib.font_manager:b\nDEBUG:matplotlib.pyplot:c\n"


@pytest.mark.parametrize(
    ("red", "line"),
    [
        (SAID, "DEBUG: ..."),
        (f"{SAID}{FONT}\n{FONT}\n{FONT}\n", FONT),
        ("INFO:a\nDEBUG:b\nDEBUG:c\n", ""),
        ("KeyError: 1\nKeyError: 2\nKeyError: 3\n", ""),
        ("C:\\a.py:1: old\nC:\\b.py:1: old\nC:\\c.py:1: old\n", ""),
        ("/a.py:1: old\n/b.py:1: old\n/c.py:1: old\n", ""),
    ],
    ids=["debug", "a line before a sender", "two senders", "errors", "a disk", "places"],
)
def test_a_sender_that_says_much(red: str, line: str) -> None:
    assert repeated_line.repeated(red) == line


def test_another_line_of_the_same_sender_is_like_it() -> None:
    assert repeated_line.is_like("DEBUG: ...", "DEBUG:b:2")
    assert not repeated_line.is_like("", "DEBUG:b:2")
    assert not repeated_line.is_like("no sender", "none either")
