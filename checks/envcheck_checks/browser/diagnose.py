"""A browser that does not start, or a notebook page that does not work in it: what was seen, in
plain words.
"""

from __future__ import annotations

from envcheck import Diagnosis, Fix, fail, warn
from envcheck.fixes.advice import tell
from envcheck_checks.browser.catalogue import Browser
from envcheck_checks.browser.codes import (
    BROWSER_DOES_NOT_START,
    NOTEBOOK_PAGE_BLANK,
    NOTEBOOK_PAGE_NO_OUTPUT,
    NOTEBOOK_PAGE_NO_TYPING,
    NOTEBOOK_PAGE_WITHOUT_KERNEL,
)
from envcheck_checks.browser.protocol import BEFORE_ITS_PAGE, BrowserTrouble
from envcheck_checks.browser.run_cell import EXPECTED, TYPED, Look, PageTrouble

SEALED = "{name} is a {kind} package: it sees neither /tmp nor hidden folders, and may not find the profile envcheck gives it"
NOTES = (
    (
        "sandbox",
        "this system does not let the browser use its sandbox; the browser may still work with its window",
    ),
    ("shared libraries", "a system library that the browser needs is missing"),
    (
        "cannot open display",
        "the browser does not start without a display: its version may be too old for that",
    ),
)


def diagnose_start(browser: Browser, trouble: BrowserTrouble) -> Diagnosis:
    """A warning only: the learner's own windows may still work."""
    return warn(
        BROWSER_DOES_NOT_START,
        f"{browser.name} is installed, and {_how_far(trouble)}: the notebook page was not tried in it",
        tell(
            "try the browser yourself",
            f"Start {browser.name} and see whether it opens a page. If it does, Jupyter can use it, and this warning concerns "
            "envcheck only. If it does not, reinstall the browser or use another one.",
        ),
        found=f"{trouble.step}: {trouble.answer}",
        wanted="a browser that can be told to open the notebook page",
        looked_in=" ".join(browser.argv),
        note=_note(browser, trouble.answer),
    )


def _how_far(trouble: BrowserTrouble) -> str:
    if trouble.step in BEFORE_ITS_PAGE:
        return "does not start without a window"
    return "did not go on after it was started without a window"


def _note(browser: Browser, answer: str) -> str:
    notes = [text for word, text in NOTES if word in answer.lower()]
    sealed = [SEALED.format(name=browser.name, kind=browser.sealed)] if browser.sealed else []
    return "; ".join([*notes, *sealed])


def diagnose_page(browser: Browser, token: str, trouble: PageTrouble) -> Diagnosis:
    """The browser runs, the server serves, and between the two the page does not do its work."""
    code, summary, wanted, fix = STAGES[trouble.stage]
    return fail(
        code,
        summary,
        fix,
        found=_seen(token, trouble),
        wanted=wanted,
        looked_in=f"the notebook page in {browser.name}, without a window",
    )


def _seen(token: str, trouble: PageTrouble) -> str:
    """What the page showed, without the token, which a message of the page may repeat."""
    look = trouble.look
    parts = [_showing(look), *(f"the page says: {complaint}" for complaint in trouble.complaints)]
    text = "; ".join(part for part in parts if part)
    return text.replace(token, "***")[:900] if token else text[:900]


def _showing(look: Look) -> str:
    if look.dialog:
        return f"a dialog in front of the page: {' '.join(look.dialog.split())}"
    if look.output:
        return f"output {' '.join(look.output.split())[:200]!r}"
    if look.shown:
        return f"the cell contains {look.cell.strip()[:80]!r} and has no output; prompt {look.prompt!r}, kernel {look.kernel!r}"
    return f"no cell; title {look.title!r}, text {' '.join(look.body.split())[:200]!r}"


def _ask_for_help(first: str) -> Fix:
    return tell(
        "look at the page yourself",
        first,
        "If that does not help, show this report to your teacher.",
    )


STAGES = {
    "shown": (
        NOTEBOOK_PAGE_BLANK,
        "the browser opens the notebook page, and no cell appears in it",
        "a notebook with one empty cell",
        _ask_for_help(
            "Switch off the extensions of Jupyter that you installed, and load the page again."
        ),
    ),
    "connected": (
        NOTEBOOK_PAGE_WITHOUT_KERNEL,
        "the notebook page is shown, and does not get its kernel: it would say `Connecting` for ever",
        "a kernel that is connected to the page and idle",
        _ask_for_help(
            "Allow connections to localhost in your antivirus or security program, and load the page again."
        ),
    ),
    "typed": (
        NOTEBOOK_PAGE_NO_TYPING,
        "the notebook page is shown, and what is typed does not arrive in its cell",
        f"`{TYPED}` in the cell",
        _ask_for_help(
            "Switch off the extensions of Jupyter that change the keyboard, and load the page again."
        ),
    ),
    "answered": (
        NOTEBOOK_PAGE_NO_OUTPUT,
        "a cell was typed in the notebook page and Shift+Enter pressed, and its output did not appear",
        EXPECTED,
        _ask_for_help("Choose `Restart Kernel` in the menu `Kernel` and run the cell again."),
    ),
}
