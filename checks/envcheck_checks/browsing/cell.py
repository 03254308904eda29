"""What a learner does first in a notebook page: click into the empty cell, type, press Shift+Enter, and read what comes."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from envcheck_checks.browsing.page import Page

TYPED, EXPECTED = "print(sum(range(101)))", "5050"
LOOK_AGAIN = 0.1  # seconds

# Notebook 7 and JupyterLab first; Notebook 6 behind the comma.
LOOK = """(() => {
  const first = (names) => document.querySelector(names);
  const cell = first('.jp-Notebook .jp-CodeCell, #notebook-container .code_cell');
  const editor = cell && cell.querySelector('.cm-content, .CodeMirror');
  const box = editor ? editor.getBoundingClientRect() : {width: 0};
  const words = editor && (editor.querySelector('.CodeMirror-code') || editor);
  const dialog = first('dialog.jp-Dialog, .jp-Dialog, .modal.in');
  const outputs = cell ? [...cell.querySelectorAll('.jp-OutputArea-output, .output_area pre')] : [];
  return JSON.stringify({
    title: document.title, body: document.body ? document.body.innerText.slice(0, 300) : '',
    shown: box.width > 0, x: box.left + Math.min(box.width / 2, 60), y: box.top + box.height / 2,
    cell: words ? words.innerText : '', focused: !!editor && editor.contains(document.activeElement),
    dialog: dialog ? dialog.innerText.slice(0, 300) : '', output: outputs.map(one => one.textContent).join('\\n').slice(0, 2000),
  });
})()"""


@dataclass(frozen=True)
class Look:
    """What the page shows at one moment. `x` and `y` are where to click into the cell's editor."""

    title: str = ""
    body: str = ""
    shown: bool = False
    x: float = 0
    y: float = 0
    cell: str = ""
    focused: bool = False
    dialog: str = ""
    output: str = ""


class PageTrouble(Exception):
    """The page does not do what it should. `stage` is what it did not reach: shown, connected, typed or answered.
    `complaints` are the errors that the page itself reported.
    """

    def __init__(self, stage: str, look: Look) -> None:
        super().__init__(stage)
        self.stage = stage
        self.look = look
        self.complaints: tuple[str, ...] = ()


async def run_a_cell(page: Page, connected: Callable[[], Awaitable[bool]], deadline: float) -> str:
    """What the cell printed. `connected` says whether the page has its kernel: a Shift+Enter before that is lost
    without a word. Raises PageTrouble and BrowserTrouble. `deadline` by the monotonic clock.
    """
    look = await _until(page, "shown", lambda look: look.shown, deadline)
    while not await connected():
        if time.monotonic() > deadline:
            raise PageTrouble("connected", await _look(page))
        await asyncio.sleep(LOOK_AGAIN)
    await _focus(page, deadline)
    await page.type(TYPED)
    await _until(page, "typed", lambda look: _plain(look.cell) == TYPED, min(deadline, time.monotonic() + 10))
    await page.shift_enter()
    look = await _until(page, "answered", lambda look: EXPECTED in look.output.split(), deadline)
    return look.output.strip()


async def _focus(page: Page, deadline: float) -> None:
    """Click until the cell has the cursor: a page that is still arranging itself moves it away under the mouse."""
    end = min(deadline, time.monotonic() + 10)
    while not (look := await _look(page)).focused:
        if time.monotonic() > end:
            raise PageTrouble("typed", look)
        if look.shown:
            await page.click(look.x, look.y)
        await asyncio.sleep(LOOK_AGAIN)


async def _until(page: Page, stage: str, reached: Callable[[Look], bool], deadline: float) -> Look:
    while not reached(look := await _look(page)):
        if time.monotonic() > deadline:
            raise PageTrouble(stage, look)
        await asyncio.sleep(LOOK_AGAIN)
    return look


async def _look(page: Page) -> Look:
    said = await page.text_of(LOOK)
    return Look(**json.loads(said)) if said else Look()


def _plain(text: str) -> str:
    """Without what editors put into an empty or wrapped line."""
    return text.replace("\u200b", "").replace("\xa0", " ").strip()
