"""A learner's first cell on pages that are slow, lose letters, or do nothing."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, cast

import pytest

from envcheck_checks.browser import run_cell
from envcheck_checks.browser.run_cell import EXPECTED, TYPED, PageTrouble, run_a_cell

NOTHING = {**dict.fromkeys(run_cell.TEXTS, ""), **dict.fromkeys(("shown", "focused"), False)}


class Notebook:
    """A page with one cell, of which nothing is shown, typed or answered where it `lacks` that. Of
    each text `arrives` says how many letters come, the last one for all that follow.
    """

    def __init__(self, *arrives: int, lacks: str = "") -> None:
        self.arrives = list(arrives) or [len(TYPED)]
        self.lacks = lacks
        self.cell = self.output = ""
        self.times = 0

    async def text_of(self, _: str) -> str:
        there = self.lacks != "shown"
        seen = {"shown": there, "focused": there, "cell": self.cell, "output": self.output}
        return json.dumps({**NOTHING, "x": 1.0, "y": 1.0, **seen})

    async def click(self, *_: float) -> None:
        pass

    async def type(self, text: str) -> None:
        self.times += 1
        letters = self.arrives.pop(0) if len(self.arrives) > 1 else self.arrives[0]
        self.cell += text[:letters]

    async def erase(self, letters: int) -> None:
        self.cell = self.cell[letters:]

    async def shift_enter(self) -> None:
        self.output = EXPECTED if self.cell == TYPED and self.lacks != "answered" else ""

    async def connected(self) -> bool:
        return self.lacks != "connected"

    def run(self, seconds: float) -> str:
        page = cast(Any, self)
        return asyncio.run(run_a_cell(page, self.connected, time.monotonic() + seconds))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are quick, and little time for them."""
    monkeypatch.setattr(run_cell, "LOOK_AGAIN", 0.01)
    monkeypatch.setattr(run_cell, "PRESS_AGAIN", 0.1)
    for stage in run_cell.SECONDS:
        monkeypatch.setitem(run_cell.SECONDS, stage, 0.5)


def test_a_page_that_works() -> None:
    page = Notebook()
    assert page.run(30) == EXPECTED
    assert page.times == 1


@pytest.mark.parametrize("letters", [0, 6])
def test_what_was_lost_is_typed_again(letters: int) -> None:
    """With nothing left of the first."""
    page = Notebook(letters, len(TYPED))
    assert page.run(30) == EXPECTED
    assert page.times == 2


@pytest.mark.parametrize("stage", list(run_cell.SECONDS))
@pytest.mark.parametrize("seconds", [30.0, 0.2])
def test_a_stage_has_its_own_time_or_was_cut_short(stage: str, seconds: float) -> None:
    """What the stages before it took is not its own fault."""
    page = Notebook(0) if stage == "typed" else Notebook(lacks=stage)
    with pytest.raises(PageTrouble) as trouble:
        page.run(seconds)
    assert trouble.value.stage == stage
    assert trouble.value.cut_short is (seconds < 1)


def test_all_stages_but_one_leave_each_its_own_time() -> None:
    """Where server and browser are as quick as anywhere, the last stage is not cut short."""
    from envcheck_checks.browser.session import OURS

    quick_start, page = 10.0, 5.0
    assert max(run_cell.SECONDS.values()) + quick_start + page < OURS
