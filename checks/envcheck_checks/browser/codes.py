"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

BROWSER_DOES_NOT_START = Code(
    "browser-does-not-start",
    "The browser did not start without a window",
    "interface",
    severity=Severity.WARNING,
)
BROWSER_MAY_NOT_READ = Code(
    "browser-may-not-read",
    "The browser may not read the file that opens Jupyter's page",
    "browser",
    severity=Severity.WARNING,
)
BROWSER_MISSING = Code(
    "browser-missing",
    "No browser was found on this machine",
    ("watch-pipelines", "watch-haddington", "browser"),
    severity=Severity.WARNING,
)
BROWSER_VARIABLE_BROKEN = Code(
    "browser-variable-broken",
    "BROWSER names a program that is not there",
    "browser",
    severity=Severity.WARNING,
    automatic=True,
)
NOTEBOOK_PAGE_BLANK = Code(
    "notebook-page-blank",
    "The notebook page opens, and no cell appears in it",
    "interface",
)
NOTEBOOK_PAGE_NO_OUTPUT = Code(
    "notebook-page-no-output",
    "A cell was run in the page, and its output did not appear",
    "interface",
)
NOTEBOOK_PAGE_NO_TYPING = Code(
    "notebook-page-no-typing",
    "What is typed does not arrive in the cell",
    "interface",
)
NOTEBOOK_PAGE_WITHOUT_KERNEL = Code(
    "notebook-page-without-kernel",
    "The notebook page does not get its kernel",
    "interface",
)
PAGE_OPENS_IN_EDITOR = Code(
    "page-opens-in-editor",
    "Jupyter's page opens in an editor, not in a browser",
    "browser",
    severity=Severity.WARNING,
)
BROWSER_SETTING_BROKEN = Code(
    "browser-setting-broken",
    "Jupyter's configuration names a browser that is not there",
    "browser",
    severity=Severity.WARNING,
)
