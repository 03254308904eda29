"""What a learner does first in a notebook page: click into the empty cell, type, press Shift+Enter,
and read what comes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from envcheck.shape import read_object
from envcheck_checks.browser.driver import Page

TYPED, EXPECTED = "print(sum(range(101)))", "5050"
LOOK_AGAIN = 0.1  # seconds
PRESS_AGAIN = 5.0  # seconds
# How long a page may take for each of them
SECONDS = {"shown": 45.0, "connected": 30.0, "typed": 20.0, "answered": 25.0}

# Notebook 7 and JupyterLab first; Notebook 6 behind the comma.
LOOK = """(() => {
  const first = (names) => document.querySelector(names);
  const cell = first('.jp-Notebook .jp-CodeCell, #notebook-container .code_cell');
  const editor = cell && cell.querySelector('.cm-content, .CodeMirror');
  const box = editor ? editor.getBoundingClientRect() : {width: 0};
  const words = editor && (editor.querySelector('.CodeMirror-code') || editor);
  const prompt = cell && cell.querySelector('.jp-InputPrompt, .input_prompt');
  const light = first('.jp-Notebook-ExecutionIndicator[data-status], #kernel_indicator_icon');
  const dialog = first('dialog.jp-Dialog, .jp-Dialog, .modal.in');
  const outputs = cell ? [...cell.querySelectorAll('.jp-OutputArea-output, .output_area pre')] : [];
  return JSON.stringify({
    title: document.title, body: document.body ? document.body.innerText.slice(0, 300) : '',
    shown: box.width > 0, x: box.left + Math.min(box.width / 2, 60), y: box.top + box.height / 2,
    cell: words ? words.innerText : '', focused: !!editor && editor.contains(document.activeElement),
    prompt: prompt ? prompt.textContent : '', kernel: light ? light.dataset.status || light.className : '',
    dialog: dialog ? dialog.innerText.slice(0, 300) : '', output: outputs.map(one => one.textContent).join('\\n').slice(0, 2000),
  });
})()"""


@dataclass(frozen=True)
class Look:
    """What the page shows at one moment. `x` and `y` are where to click into the cell's editor;
    `prompt` is `[ ]:` before the cell was run, `kernel` what the page's own light says of the
    kernel, empty where it has none.
    """

    title: str = ""
    body: str = ""
    shown: bool = False
    x: float = 0
    y: float = 0
    cell: str = ""
    focused: bool = False
    prompt: str = ""
    kernel: str = ""
    dialog: str = ""
    output: str = ""


TEXTS = ("title", "body", "cell", "prompt", "kernel", "dialog", "output")
LOOKS = {**dict.fromkeys(TEXTS, str), "shown": bool, "focused": bool, "x": float, "y": float}


class PageTrouble(Exception):
    """The page does not do what it should. `stage` is what it did not reach: shown, connected,
    typed or answered; `cut_short` that it was given less time for it than a page may take.
    `complaints` are the errors that the page itself reported.
    """

    def __init__(self, stage: str, look: Look, *, cut_short: bool = False) -> None:
        super().__init__(stage)
        self.stage = stage
        self.look = look
        self.cut_short = cut_short
        self.complaints: tuple[str, ...] = ()


class StageLimit:
    """How long one stage is waited for: its own time, or what is left of the whole."""

    def __init__(self, stage: str, deadline: float) -> None:
        self.stage = stage
        self._end = time.monotonic() + SECONDS[stage]
        self._cut_short = deadline < self._end
        self._end = min(self._end, deadline)

    async def wait(self, look: Look) -> None:
        """A moment until the next look. Raises PageTrouble when the time is over."""
        if time.monotonic() > self._end:
            raise PageTrouble(self.stage, look, cut_short=self._cut_short)
        await asyncio.sleep(LOOK_AGAIN)


async def run_a_cell(page: Page, connected: Callable[[], Awaitable[bool]], deadline: float) -> str:
    """What the cell printed. `connected` says whether the page has its kernel: a Shift+Enter before
    that is lost without a word. Raises PageTrouble and BrowserTrouble. `deadline` by the monotonic
    clock.
    """
    limit = StageLimit("shown", deadline)
    while not (look := await _look(page)).shown:
        await limit.wait(look)
    limit = StageLimit("connected", deadline)
    while not (await connected() and _knows_its_kernel(look)):
        await limit.wait(look)
        look = await _look(page)
    await _type(page, deadline)
    return await _run(page, deadline)


async def _type(page: Page, deadline: float) -> None:
    """The text stands in the cell. It is typed once more where it came in part, or not at all: a page
    that is still arranging itself loses letters.
    """
    limit = StageLimit("typed", deadline)
    while True:
        look = await _focus(page, limit)
        await page.type(TYPED)
        changed = time.monotonic()
        while time.monotonic() < changed + PRESS_AGAIN:
            before, look = look, await _look(page)
            if _plain(look.cell) == TYPED:
                return
            if look.cell != before.cell:
                changed = time.monotonic()
            await limit.wait(look)
        await _focus(page, limit)
        await page.erase(len(TYPED) + len(look.cell))


async def _run(page: Page, deadline: float) -> str:
    """What the cell printed. Shift+Enter is pressed, and once more when the cell was not run: a
    busy page loses the first, and a learner presses again.
    """
    limit = StageLimit("answered", deadline)
    while True:
        look = await _focus(page, StageLimit("typed", deadline))
        await page.shift_enter()
        pressed = time.monotonic()
        while time.monotonic() < pressed + PRESS_AGAIN or _was_run(look):
            look = await _look(page)
            if EXPECTED in look.output.split():
                return look.output.strip()
            await limit.wait(look)


def _knows_its_kernel(look: Look) -> bool:
    """A server may say that all is ready a moment before a slow page has heard of it."""
    return not look.kernel or "idle" in look.kernel


def _was_run(look: Look) -> bool:
    return any(sign in look.prompt for sign in "*0123456789")


async def _focus(page: Page, limit: StageLimit) -> Look:
    """The page once the cell has the cursor. It is clicked until then: a page that is still
    arranging itself moves it away under the mouse.
    """
    while not (look := await _look(page)).focused:
        if look.shown:
            await page.click(look.x, look.y)
        await limit.wait(look)
    return look


async def _look(page: Page) -> Look:
    text = await page.text_of(LOOK)
    seen = read_object(text, LOOKS) if text else None
    return Look(**{name: seen[name] for name in LOOKS}) if seen else Look()


def _plain(text: str) -> str:
    """Without what editors put into an empty or wrapped line."""
    return text.replace("\u200b", "").replace("\xa0", " ").strip()
