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
TYPE_SECONDS = 20.0
ANSWER_SECONDS = 25.0
PRESS_AGAIN = 5.0  # seconds

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
    typed or answered. `complaints` are the errors that the page itself reported.
    """

    def __init__(self, stage: str, look: Look) -> None:
        super().__init__(stage)
        self.stage = stage
        self.look = look
        self.complaints: tuple[str, ...] = ()


async def run_a_cell(page: Page, connected: Callable[[], Awaitable[bool]], deadline: float) -> str:
    """What the cell printed. `connected` says whether the page has its kernel: a Shift+Enter before
    that is lost without a word. Raises PageTrouble and BrowserTrouble. `deadline` by the monotonic
    clock.
    """
    look = await _until(page, "shown", lambda look: look.shown, deadline)
    while not (await connected() and _knows_its_kernel(look)):
        if time.monotonic() > deadline:
            raise PageTrouble("connected", look)
        await asyncio.sleep(LOOK_AGAIN)
        look = await _look(page)
    await _focus(page, deadline)
    await page.type(TYPED)
    await _until(
        page,
        "typed",
        lambda look: _plain(look.cell) == TYPED,
        min(deadline, time.monotonic() + TYPE_SECONDS),
    )
    return await _run(page, min(deadline, time.monotonic() + ANSWER_SECONDS))


async def _run(page: Page, deadline: float) -> str:
    """What the cell printed. Shift+Enter is pressed, and once more when the cell was not run: a
    busy page loses the first, and a learner presses again.
    """
    while True:
        look = await _focus(page, deadline)
        await page.shift_enter()
        pressed = time.monotonic()
        while time.monotonic() < pressed + PRESS_AGAIN or _was_run(look):
            look = await _look(page)
            if EXPECTED in look.output.split():
                return look.output.strip()
            if time.monotonic() > deadline:
                raise PageTrouble("answered", look)
            await asyncio.sleep(LOOK_AGAIN)


def _knows_its_kernel(look: Look) -> bool:
    """A server may say that all is ready a moment before a slow page has heard of it."""
    return not look.kernel or "idle" in look.kernel


def _was_run(look: Look) -> bool:
    return any(sign in look.prompt for sign in "*0123456789")


async def _focus(page: Page, deadline: float) -> Look:
    """The page once the cell has the cursor. It is clicked until then: a page that is still
    arranging itself moves it away under the mouse.
    """
    end = min(deadline, time.monotonic() + TYPE_SECONDS)
    while not (look := await _look(page)).focused:
        if time.monotonic() > end:
            raise PageTrouble("typed", look)
        if look.shown:
            await page.click(look.x, look.y)
        await asyncio.sleep(LOOK_AGAIN)
    return look


async def _until(page: Page, stage: str, reached: Callable[[Look], bool], deadline: float) -> Look:
    while not reached(look := await _look(page)):
        if time.monotonic() > deadline:
            raise PageTrouble(stage, look)
        await asyncio.sleep(LOOK_AGAIN)
    return look


async def _look(page: Page) -> Look:
    text = await page.text_of(LOOK)
    seen = read_object(text, LOOKS) if text else None
    return Look(**{name: seen[name] for name in LOOKS}) if seen else Look()


def _plain(text: str) -> str:
    """Without what editors put into an empty or wrapped line."""
    return text.replace("\u200b", "").replace("\xa0", " ").strip()
