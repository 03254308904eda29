"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

CELL_SHOWS_ERROR_TEXT = Code(
    "cell-shows-error-text",
    "Notebooks show an error in red although their cells work",
    "snippets",
    severity=Severity.WARNING,
    automatic=True,
)
KERNEL_DIED_IN_CELL = Code(
    "kernel-died-in-cell", "The kernel died while it ran a cell", ("snippets", "tutorial")
)
KERNEL_NOT_INTERRUPTED = Code(
    "kernel-not-interrupted", "A running cell cannot be stopped", "snippets"
)
PACKAGE_FAILS_IN_USE = Code(
    "package-fails-in-use",
    "A package can be imported, and fails when it is used",
    "snippets",
    automatic=True,
)
SNIPPET_FAILS = Code(
    "snippet-fails",
    "A snippet of the chapter does not give what it should",
    ("snippets", "tutorial"),
)
TAB_COMPLETES_NOTHING = Code(
    "tab-completes-nothing",
    "The Tab key completes nothing in a notebook",
    "snippets",
    severity=Severity.WARNING,
    automatic=True,
)
TABLE_IS_ANOTHER = Code(
    "table-is-another",
    "Your `fortune500.csv` is another table than the tutorial's",
    "tutorial",
    severity=Severity.WARNING,
)
TUTORIAL_WRONG_RESULT = Code(
    "tutorial-wrong-result", "The tutorial runs to its end with wrong numbers", "tutorial"
)
