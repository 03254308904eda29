"""The codes that are declared here: what each means, and the checks that may give it."""

from __future__ import annotations

from envcheck import Code, Severity

EVERY_START = (
    "packages",
    "kernel-registered",
    "kernel-starts",
    "snippets",
    "notebook-launches",
    "tutorial",
)

FILE_HIDES_MODULE = Code(
    "file-hides-module",
    "A file of yours has the name of a module and hides it",
    (*EVERY_START, "room"),
    severity=None,
    automatic=True,
)
LIBRARY_PATH_LEAK = Code(
    "library-path-leak",
    "A variable puts other C libraries before the ones Python needs",
    (*EVERY_START, "python"),
    automatic=True,
)
MPLBACKEND_SET = Code(
    "mplbackend-set",
    "MPLBACKEND sends pictures somewhere else than into the notebook",
    EVERY_START,
    automatic=True,
)
PYTHONHOME_SET = Code(
    "pythonhome-set",
    "PYTHONHOME sends Python to another Python's library",
    (*EVERY_START, "python"),
    severity=None,
    automatic=True,
)
PYTHONPATH_BREAKS = Code(
    "pythonpath-breaks",
    "PYTHONPATH makes Python take the wrong modules",
    EVERY_START,
    automatic=True,
)
PYTHONPATH_FOREIGN = Code(
    "pythonpath-foreign",
    "PYTHONPATH leads to another Python's packages",
    "python",
    severity=Severity.WARNING,
    automatic=True,
)
PYTHONSTARTUP_BREAKS = Code(
    "pythonstartup-breaks",
    "The file that PYTHONSTARTUP names stops every kernel",
    EVERY_START,
    automatic=True,
)
USER_SITE_HIDES_PACKAGES = Code(
    "user-site-hides-packages",
    "Packages in your home hide those of this Python",
    EVERY_START,
    automatic=True,
)
VARIABLE_BREAKS_PYTHON = Code(
    "variable-breaks-python",
    "A variable of this terminal keeps Python or Jupyter from working",
    EVERY_START,
    automatic=True,
)
